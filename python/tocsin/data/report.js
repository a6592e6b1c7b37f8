// What the page does when it may run: theme, print, spans of days, and the sentence of the day that is pointed at.
// Without it everything but these can still be read.
(() => {
  "use strict";
  const root = document.documentElement;
  const all = (selector, within = document) => [...within.querySelectorAll(selector)];
  const data = JSON.parse(document.getElementById("data").textContent);
  const tip = document.getElementById("tip");

  document.querySelector(".tools").hidden = false;
  document.getElementById("print").addEventListener("click", () => window.print());

  // ---- theme: that of the system, or the one that was chosen
  const themes = ["system", "light", "dark"];
  const button = document.getElementById("theme");
  const remembered = () => { try { return localStorage.getItem("tocsin-theme"); } catch { return null; } };
  const show = (theme) => {
    if (theme === "system") { delete root.dataset.theme; } else { root.dataset.theme = theme; }
    button.textContent = `Theme: ${theme}`;
    try { localStorage.setItem("tocsin-theme", theme); } catch { /* a page of its own may not remember */ }
  };
  let theme = themes.includes(remembered()) ? remembered() : "system";
  show(theme);
  button.addEventListener("click", () => {
    theme = themes[(themes.indexOf(theme) + 1) % themes.length];
    show(theme);
  });

  // ---- spans of days
  const spans = [...new Set(all(".plot").map((plot) => plot.dataset.range))];
  const shown = all(".plot:not([hidden])")[0];
  let range = shown ? shown.dataset.range : "all";
  const chosen = {};  // mark that is pointed at, by pair

  const choose = (name) => {
    range = name;
    for (const plot of all(".plot")) plot.hidden = plot.dataset.range !== name;
    for (const each of all(".ranges button")) each.setAttribute("aria-pressed", String(each.dataset.range === name));
    for (const pair of data.keys()) point(pair, marks(pair) - 1);
  };
  if (spans.length > 1) {
    for (const name of spans) {
      const each = document.createElement("button");
      each.type = "button";
      each.dataset.range = name;
      each.textContent = name === "all" ? "All days" : `Last ${name}`;
      each.addEventListener("click", () => choose(name));
      document.querySelector(".ranges").append(each);
    }
  }

  // ---- days
  const span = (pair) => data[pair].spans[range];
  const marks = (pair) => span(pair).texts.length;
  const words = (pair, mark) => {
    const { texts, acts, length } = span(pair);
    const when = length > 1 ? `Highest of ${length} days: ` : "";
    return when + texts[mark] + (acts.length ? ` Counted: ${acts[mark]}.` : "");
  };

  // A mark on every chart of the pair, and the slider and its words beside them.
  function point(pair, mark) {
    if (!data[pair]) return;
    chosen[pair] = Math.max(0, Math.min(marks(pair) - 1, mark));
    const { length, days } = span(pair);
    const middle = Math.min(chosen[pair] * length + length / 2, days - 0.5) / days;
    for (const plot of all(`.plot[data-pair="${pair}"]`)) {
      let cursor = plot.querySelector(".cursor");
      if (!cursor) {
        cursor = document.createElement("div");
        cursor.className = "cursor";
        plot.append(cursor);
      }
      const { left, right } = plot.dataset;
      cursor.style.left = `${100 * (Number(left) + middle * (right - left))}%`;
    }
    const day = document.querySelector(`.day[data-pair="${pair}"]`);
    const slider = day.querySelector("input");
    slider.max = marks(pair) - 1;
    slider.value = chosen[pair];
    slider.setAttribute("aria-valuetext", span(pair).dates[chosen[pair]]);
    day.querySelector("output").textContent = words(pair, chosen[pair]);
  }

  for (const day of all(".day")) {
    const pair = Number(day.dataset.pair);
    day.hidden = false;
    day.querySelector("input").addEventListener("input", (event) => point(pair, Number(event.target.value)));
  }

  for (const plot of all(".plot")) {
    const pair = Number(plot.dataset.pair);
    if (!data[pair]) continue;
    plot.addEventListener("pointermove", (event) => {
      const box = plot.getBoundingClientRect();
      const { left, right } = plot.dataset;
      const share = ((event.clientX - box.left) / box.width - left) / (right - left);
      if (share < 0 || share > 1) { tip.hidden = true; return; }
      const { length, days } = span(pair);
      point(pair, Math.floor((share * days) / length));
      tip.textContent = words(pair, chosen[pair]);
      tip.hidden = false;
      const room = window.innerWidth - tip.offsetWidth - 12;
      tip.style.left = `${Math.max(8, Math.min(room, event.clientX + 14))}px`;
      tip.style.top = `${Math.max(8, Math.min(window.innerHeight - tip.offsetHeight - 8, event.clientY + 18))}px`;
    });
    plot.addEventListener("pointerleave", () => { tip.hidden = true; });
  }
  document.addEventListener("keydown", (event) => { if (event.key === "Escape") tip.hidden = true; });

  choose(range);
})();
