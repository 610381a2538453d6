// The report of a set: a list that is searched and filtered, and the record that is chosen.
"use strict";

(() => {
  const PAGE = 100;
  const WAIT = 120;
  const { make } = warpsmith;
  const page = document.getElementById("page").dataset;
  const chunkSize = Number(page.chunk);

  // Files of data: scripts that deliver JSON, deflated, in base64, because a page from the disk may not fetch.
  const waiting = new Map();
  const loaded = new Map();
  warpsmith.deliver = async (name, packed) => {
    const bytes = Uint8Array.from(atob(packed), (letter) => letter.charCodeAt(0));
    const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate-raw"));
    waiting.get(name).resolve(await new Response(stream).json());
  };
  const load = (name) => {
    if (!loaded.has(name)) {
      loaded.set(name, new Promise((resolve, reject) => {
        waiting.set(name, { resolve });
        const failed = () => reject(new Error(`data/${name}.js is missing beside the page`));
        document.head.append(make("script", { src: `data/${name}.js`, onerror: failed }));
      }));
    }
    return loaded.get(name);
  };

  const element = (id) => document.getElementById(id);
  const inputs = Object.fromEntries(
    ["search", "category", "level", "split", "verdict", "builtin", "sort"].map((name) => [name, element(name)]),
  );
  const state = { rows: [], from: 0, current: -1, sources: null };
  let list = null;
  let haystacks = [];

  const haystack = (place) => {
    const { columns, words } = list;
    const builtins = columns.builtins[place].map((number) => words.builtins[number]);
    const category = words.category[columns.category[place]];
    const parts = [columns.name[place], columns.description[place], columns.id[place], category, ...builtins];
    return [...parts, words.origin[columns.origin[place]]].join("\n").toLowerCase();
  };

  const fill = (select, values) => {
    for (const [value, text] of values) select.append(make("option", { value, text }));
  };

  const counted = (column, words) => {
    const counts = new Map();
    for (const value of column.flat()) counts.set(value, (counts.get(value) || 0) + 1);
    return [...counts]
      .map(([number, count]) => [words[number], count])
      .sort((a, b) => (a[0] < b[0] ? -1 : 1))
      .map(([word, count]) => [word, `${word} (${count.toLocaleString("en")})`]);
  };

  const offer = () => {
    const { columns, words } = list;
    fill(inputs.category, counted(columns.category, words.category));
    fill(inputs.split, counted(columns.split, words.split));
    fill(inputs.verdict, counted(columns.verdicts, words.verdicts));
    fill(inputs.level, counted(columns.level.map((level) => level), [0, 1, 2, 3, 4, 5]));
    const names = [...words.builtins].sort();
    element("builtins").append(...names.map((name) => make("option", { value: name })));
  };

  // The places of the records that fit all that is asked for, in the order that is asked for.
  const found = () => {
    const { columns, words } = list;
    const terms = inputs.search.value.toLowerCase().split(/\s+/).filter(Boolean);
    const number = (name) => words[name].indexOf(inputs[name].value);
    const verdict = words.verdicts.indexOf(inputs.verdict.value);
    const builtin = inputs.builtin.value.trim() ? words.builtins.indexOf(inputs.builtin.value.trim()) : null;
    const category = inputs.category.value ? number("category") : null;
    const split = inputs.split.value ? number("split") : null;
    const level = inputs.level.value ? Number(inputs.level.value) : null;
    const fits = (place) =>
      (category === null || columns.category[place] === category) &&
      (split === null || columns.split[place] === split) &&
      (level === null || columns.level[place] === level) &&
      (!inputs.verdict.value || columns.verdicts[place].includes(verdict)) &&
      (builtin === null || columns.builtins[place].includes(builtin)) &&
      terms.every((term) => haystacks[place].includes(term) || state.sources?.[place].includes(term));
    const rows = columns.id.map((_id, place) => place).filter(fits);
    const order = { lines: "lines", longest: "lines", level: "level", name: "name" }[inputs.sort.value];
    if (order) {
      const sign = inputs.sort.value === "longest" ? -1 : 1;
      const column = columns[order];
      rows.sort((a, b) => (column[a] < column[b] ? -sign : column[a] > column[b] ? sign : a - b));
    }
    return rows;
  };

  const search = () => {
    state.rows = found();
    state.from = 0;
    draw();
  };

  const draw = () => {
    const { columns, words } = list;
    const shown = state.rows.slice(state.from, state.from + PAGE);
    const total = state.rows.length.toLocaleString("en");
    const last = state.from + shown.length;
    element("count").textContent = shown.length ? `${state.from + 1} to ${last} of ${total} records` : "no record fits";
    element("before").disabled = state.from === 0;
    element("after").disabled = last >= state.rows.length;
    element("list").replaceChildren(
      ...shown.map((place) => {
        const kind = `${words.category[columns.category[place]]}, level ${columns.level[place]}`;
        const link = make(
          "a", { href: `#record=${columns.number[place]}`, "aria-current": place === state.current ? "true" : null },
          make("div", { class: "name", text: columns.name[place] }),
          make("div", { class: "kind", text: `${kind}, ${columns.lines[place]} lines` }),
        );
        return make("li", {}, link);
      }),
    );
    element("list").scrollTo(0, 0);
  };

  const badges = (place) => {
    const { columns, words } = list;
    const facts = [
      words.category[columns.category[place]], `level ${columns.level[place]}`, words.split[columns.split[place]],
      words.origin[columns.origin[place]],
    ].filter(Boolean);
    const verdicts = columns.verdicts[place].map((verdict) => words.verdicts[verdict]);
    const tone = (verdict) => {
      if (verdict.endsWith(": no") || verdict === "gradient: mismatch") return "bad";
      return verdict === "unchecked" || verdict === "gradient: nondifferentiable" ? "" : "good";
    };
    return [
      ...facts.map((text) => make("li", { text })),
      ...verdicts.map((verdict) => make("li", { class: tone(verdict), text: verdict.replaceAll("_", " ") })),
    ];
  };

  const viewer = new warpsmith.Viewer(element("viewer"));

  const open = async (place) => {
    const { columns, words } = list;
    state.current = place;
    for (const link of element("list").querySelectorAll("a")) {
      const here = link.getAttribute("href") === `#record=${columns.number[place]}`;
      if (here) link.setAttribute("aria-current", "true");
      else link.removeAttribute("aria-current");
    }
    element("name").textContent = columns.name[place];
    element("description").textContent = columns.description[place];
    element("badges").replaceChildren(...badges(place));
    element("identity").textContent = `${columns.number[place]}, id ${columns.id[place]}`;
    const calls = columns.builtins[place].map((number) => words.builtins[number]);
    element("calls").textContent = calls.length ? `Calls ${calls.join(", ")}.` : "Calls no builtin.";
    const chunk = await load(`texts-${String(Math.floor(place / chunkSize)).padStart(5, "0")}`);
    if (state.current !== place) return;
    viewer.show(warpsmith.resolve(chunk.records[place % chunkSize], chunk.lines));
    element("record").hidden = false;
  };

  const follow = () => {
    const view = location.hash === "#figures" ? "figures" : "records";
    for (const name of ["records", "figures"]) {
      element(name).hidden = name !== view;
      const link = element(`to-${name}`);
      if (name === view) link.setAttribute("aria-current", "page");
      else link.removeAttribute("aria-current");
    }
    const asked = /^#record=(\d+)$/.exec(location.hash);
    const place = asked ? list.columns.number.indexOf(Number(asked[1])) : -1;
    if (place >= 0) open(place);
    else if (state.current < 0 && state.rows.length) open(state.rows[0]);
  };

  const fail = (error) => {
    element("count").textContent = error.message;
  };

  const later = (work) => {
    let timer = 0;
    return () => {
      clearTimeout(timer);
      timer = setTimeout(work, WAIT);
    };
  };

  // The sources are as much as all the rest of the list: they come when somebody searches.
  const deepen = async () => {
    if (state.sources) return;
    state.sources = (await load("sources")).map((source) => source.toLowerCase());
    search();
  };

  const step = (event) => {
    if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
    const links = [...element("list").querySelectorAll("a")];
    const place = links.indexOf(document.activeElement) + (event.key === "ArrowDown" ? 1 : -1);
    if (!links[place]) return;
    event.preventDefault();
    links[place].focus();
  };

  const listen = () => {
    const soon = later(search);
    inputs.search.addEventListener("input", () => {
      soon();
      deepen().catch(fail);
    });
    inputs.builtin.addEventListener("input", soon);
    for (const name of ["category", "level", "split", "verdict", "sort"]) inputs[name].addEventListener("change", search);
    element("before").addEventListener("click", () => turn(-PAGE));
    element("after").addEventListener("click", () => turn(PAGE));
    element("reset").addEventListener("click", () => {
      for (const input of Object.values(inputs)) input.value = input.tagName === "SELECT" ? input.options[0].value : "";
      search();
    });
    element("list").addEventListener("keydown", step);
    window.addEventListener("hashchange", follow);
  };

  const turn = (by) => {
    state.from += by;
    draw();
  };

  const start = async () => {
    list = await load("list");
    haystacks = list.columns.id ? list.columns.id.map((_id, place) => haystack(place)) : [];
    offer();
    search();
    listen();
    follow();
    document.documentElement.dataset.ready = "true";
  };
  start().catch(fail);
})();
