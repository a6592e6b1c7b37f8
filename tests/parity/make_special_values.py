"""Writes special_values.csv: 60-digit reference values of the special functions, from mpmath.

Run as `python make_special_values.py` (mpmath 1.3, about three minutes). Each row is function,first,second,third,value;
the arguments are doubles written so that they read back exactly, the value has 25 digits. The incomplete functions are
summed here from their definitions' power series rather than taken from mpmath, which fails for shapes such as 1e8.
"""

import csv
import pathlib
from functools import partial

import mpmath
from mpmath import mp, mpf

mp.dps = 60

SHAPES = [1e-8, 1e-6, 1e-3, 0.05, 0.5, 0.999, 1.0, 1.5, 3.0, 9.99, 11.5, 12.5, 35.0, 180.0, 2500.0, 1e5, 1e8]


def gamma_tails(shape, x):
    """ln P(shape, x) and ln Q(shape, x)."""
    shape, x = mpf(shape), mpf(x)
    with mp.workdps(320 if x > shape else 80):
        if x > shape + 1 and (shape < 20 or x > 2 * shape):
            upper = mpmath.gammainc(shape, x, mp.inf, regularized=True)
            return mpmath.log1p(-upper), mpmath.log(upper)
        term = total = mpf(1)
        n = 0
        tiny = mpf(10) ** (-mp.dps)
        while term > total * tiny:
            n += 1
            term *= x / (shape + n)
            total += term
        lower = mpmath.exp(shape * mpmath.log(x) - x - mpmath.loggamma(shape + 1)) * total
        return mpmath.log(lower), mpmath.log1p(-lower)


def beta_scale(a, b, x):
    return mpmath.exp(
        a * mpmath.log(x) + b * mpmath.log1p(-x) + mpmath.loggamma(a + b) - mpmath.loggamma(a) - mpmath.loggamma(b)
    )


def beta_tails(a, b, x):
    """ln I_x(a, b) and ln (1 - I_x(a, b)); x may be an mpf."""
    a, b, x = mpf(a), mpf(b), mpf(x)
    if (x > 0.5) if min(a, b) < 1 else (a > b):  # the side on which the series below is short
        lower, upper = beta_tails(b, a, 1 - x)
        return upper, lower
    with mp.workdps(80):
        if min(a, b) >= 1:  # DLMF 8.17.8: all terms positive
            term = total = 1 / a
            n = 0
            tiny = mpf(10) ** (-mp.dps)
            while term > total * tiny:
                term *= (a + b + n) / (a + 1 + n) * x
                total += term
                n += 1
            lower = beta_scale(a, b, x) * total
        else:  # DLMF 8.17.7: alternating, hence the extra digits
            with mp.workdps(90 + int(b * x)):
                term = mpf(1)
                total = 1 / a
                n = 0
                tiny = mpf(10) ** (-mp.dps)
                while True:
                    n += 1
                    term *= (n - b) * x / n
                    total += term / (a + n)
                    if abs(term) < tiny:
                        break
                lower = x**a * total * mpmath.gamma(a + b) / (mpmath.gamma(a) * mpmath.gamma(b))
        return mpmath.log(lower), mpmath.log1p(-lower)


def exact_quantile(log_tails, log_density, start, probability):
    """Newton's method from the position whose probability was rounded: ln of the position."""
    position = mpmath.log(start)
    for _ in range(2):
        lower, upper = log_tails(mpmath.exp(position))
        excess = mpmath.exp(lower) - mpf(probability) if lower < upper else 1 - mpf(probability) - mpmath.exp(upper)
        position -= excess / mpmath.exp(log_density(mpmath.exp(position)))
    return position


def one_argument_rows():
    points = [1e-300, 1e-8, 1e-3, 0.1, 0.49, 0.51, 0.999999, 1.0000001, 1.4, 1.6, 1.999, 2.0001, 2.6, 5.5, 9.99, 10.01]
    for x in [*points, 35.5, 1000.0, 100000000.0, 1000000000000000.0, 1e100]:
        yield "log_gamma", x, "", "", mpmath.loggamma(x)
        yield "digamma", x, "", "", mpmath.digamma(x)
        if x > 1e-100:
            yield "trigamma", x, "", "", mpmath.polygamma(1, x)
    for x in [1e-300, 1e-15, 1e-8, 1e-3, 0.3, 0.499, 0.7, 3.2, 20.0]:
        with mp.workdps(400):
            yield "log_gamma_one_plus", x, "", "", mpmath.loggamma(1 + mpf(x))
    for z in [0.0, 0.3, 1.0, 2.5, 4.99, 5.01, 6.5, 10.0, 26.0, 100.0, 1e6]:
        with mp.workdps(80):
            yield (
                "scaled_erfc",
                z,
                "",
                "",
                mpmath.exp(mpf(z) ** 2) * mpmath.erfc(z)
                if z < 1e4
                else ((1 - 1 / (2 * mpf(z) ** 2) + 3 / (4 * mpf(z) ** 4)) / (z * mpmath.sqrt(mp.pi))),
            )
    tails = [1e-300, 1e-100, 1e-20, 1e-12, 1e-5, 0.001, 0.05, 0.074, 0.076]
    for p in [*tails, 0.3, 0.4999, 0.6, 0.924, 0.926, 0.99, 1 - 2 ** (-53)]:
        with mp.workdps(400):
            score = mpmath.sqrt(2) * mpmath.erfinv(2 * mpf(p) - 1)
        yield "normal_quantile", p, "", "", score


def gamma_points():
    for shape in SHAPES:
        if shape < 1:
            points = [1e-200, 1e-10, shape, 0.1, 1.0, 1.49, 1.51, 3.0, 30.0]
        else:
            deviation = shape**0.5
            points = [shape + z * deviation for z in (-30, -8, -3, -1, -0.01, 0, 0.02, 1, 3, 8, 30)]
            points += [0.01 * shape, 0.3 * shape, 2.3 * shape, 2.4 * shape, 6.0 * shape] if shape < 1e4 else []
        yield from ((shape, x) for x in sorted(set(points)) if x > 0)


def beta_points():
    for i, a in enumerate(SHAPES):
        for j, b in enumerate(SHAPES):
            if (i * 3 + j * 5) % 4 and not (i + 2 == j or i == j):
                continue
            mean = a / (a + b)
            deviation = (mean * (1 - mean) / (a + b + 1)) ** 0.5
            points = [mean + z * deviation for z in (-6, -1.3, 0.04, 2, 9)]
            if min(a, b) < 1 and max(a, b) < 10:
                points = [1e-12, 0.03, 0.45, 0.7, 1 - 1e-9, mean]
            elif a < 1:  # where the series above still converges: b x of order 1
                points = [1e-12, mean] + [product / b for product in (0.03, 0.9, 1.1, 6.0, 50.0)]
            elif b < 1:
                points = [mean] + [1 - product / a for product in (0.03, 0.9, 1.1, 6.0, 50.0)]
            yield from ((a, b, x) for x in points if 0 < x < 1)


def gamma_log_density(shape, t):
    """Of log t."""
    return shape * mpmath.log(t) - t - mpmath.loggamma(shape)


def odds_tails(a, b, odds):
    return beta_tails(a, b, odds / (1 + odds))


def odds_log_density(a, b, odds):
    return mpmath.log(beta_scale(a, b, odds / (1 + odds)))


def gamma_rows():
    for shape, x in gamma_points():
        log_p, log_q = gamma_tails(shape, x)
        yield "gamma_log_p", shape, x, "", log_p
        yield "gamma_log_q", shape, x, "", log_q
        probability = float(mpmath.exp(log_p))
        if 1e-300 < probability < 1 - 1e-12 and x > 1e-290:
            position = exact_quantile(
                partial(gamma_tails, shape), partial(gamma_log_density, mpf(shape)), x, probability
            )
            yield "gamma_quantile", probability, shape, "", mpmath.exp(position)


def beta_rows():
    for a, b, x in beta_points():
        lower, upper = beta_tails(a, b, x)
        yield "beta_log_lower", a, b, x, lower
        yield "beta_log_upper", a, b, x, upper
        probability = float(mpmath.exp(lower))
        if 1e-300 < probability < 1 - 1e-12:
            start = mpf(x) / (1 - mpf(x))
            position = exact_quantile(
                partial(odds_tails, a, b), partial(odds_log_density, mpf(a), mpf(b)), start, probability
            )
            yield "beta_odds_quantile", probability, a, b, mpmath.exp(position)


def main():
    path = pathlib.Path(__file__).with_name("special_values.csv")
    with path.open("w", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["function", "first", "second", "third", "value"])
        for rows in (one_argument_rows(), gamma_rows(), beta_rows()):
            for function, *arguments, value in rows:
                writer.writerow([function, *(repr(x) if x != "" else "" for x in arguments), mpmath.nstr(value, 25)])


if __name__ == "__main__":
    main()
