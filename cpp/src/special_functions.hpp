#pragma once

/// All special functions at once, by theme.
#include "beta_functions.hpp"
#include "count_tails.hpp"
#include "gamma_functions.hpp"
#include "incomplete_gamma.hpp"
#include "normal_quantile.hpp"
#include "tail_value.hpp"
