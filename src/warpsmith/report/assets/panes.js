// Texts side by side, joined by lines: what belongs to the line under the mouse, or under the cursor, lights up.
"use strict";

(() => {
  const HUES = 8;
  const SIDES = [["forward", "Forward"], ["backward", "Adjoint"], ["whole", "Whole module"]];

  const make = (tag, attributes = {}, ...children) => {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) {
      if (name === "text") element.textContent = value;
      else if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
      else if (value === true) element.setAttribute(name, "");
      else if (value !== false && value !== null && value !== undefined) element.setAttribute(name, value);
    }
    element.append(...children);
    return element;
  };
  warpsmith.make = make;

  const hue = (origin) => (origin ? `hue-${origin % HUES}` : "plain");

  // One text: its lines are numbered by the line of Python that they come from, 0 for none.
  class Pane {
    constructor(key, title, language, viewer) {
      Object.assign(this, { key, title, language, viewer, lines: [], origins: [], cursor: -1 });
      this.code = make("div", { class: "code", tabindex: "0", role: "region", "aria-label": title });
      this.note = make("span", { class: "note" });
      this.copy = make("button", { type: "button", class: "quiet", text: "Copy", "aria-label": `Copy ${title}` });
      this.element = make(
        "section", { class: `pane ${key}` },
        make("header", {}, make("h3", { text: title }), this.note, this.copy), this.code,
      );
      this.copy.hidden = !navigator.clipboard;
      this.copy.addEventListener("click", () => this.#copied());
      this.code.addEventListener("mouseover", (event) => this.#hovered(event));
      this.code.addEventListener("mouseleave", () => viewer.unlight());
      this.code.addEventListener("click", (event) => this.#clicked(event));
      this.code.addEventListener("keydown", (event) => this.#typed(event));
      this.code.addEventListener("blur", () => this.#move(-1));
    }

    // `linked` has the lines of Python that other panes have something of; the others get no stripe.
    show(lines, origins, linked, note = "") {
      Object.assign(this, { lines, origins, cursor: -1 });
      this.note.textContent = note;
      const texts = warpsmith.highlight(lines, this.language);
      const rows = texts.map((pieces, place) => {
        const origin = origins[place] || 0;
        const row = make("div", { class: `line ${hue(linked.has(origin) ? origin : 0)}`, "data-origin": origin, "data-number": origin || "" });
        for (const [kind, text] of pieces) row.append(kind ? make("span", { class: kind, text }) : text);
        if (!pieces.length) row.append("\n");
        return row;
      });
      this.code.replaceChildren(...rows);
      this.code.scrollTo(0, 0);
    }

    // Light the lines that come from a line of Python; show the first of them where `reveal` says so.
    light(origin, reveal) {
      let first = null;
      for (const row of this.code.children) {
        const lit = origin !== 0 && Number(row.dataset.origin) === origin;
        row.classList.toggle("lit", lit);
        if (lit && !first) first = row;
      }
      if (first && reveal) this.#reveal(first);
      return this.origins.filter((other) => other === origin).length;
    }

    #reveal(row) {
      const top = row.offsetTop - this.code.offsetTop;
      const seen = top >= this.code.scrollTop && top + row.offsetHeight <= this.code.scrollTop + this.code.clientHeight;
      if (!seen) this.code.scrollTo({ top: Math.max(0, top - this.code.clientHeight / 3) });
    }

    #row(event) {
      return event.target.closest(".line");
    }

    #hovered(event) {
      const row = this.#row(event);
      if (row) this.viewer.light(Number(row.dataset.origin), this, false);
    }

    #clicked(event) {
      const row = this.#row(event);
      if (!row || String(window.getSelection())) return;
      this.#move([...this.code.children].indexOf(row));
      this.viewer.light(Number(row.dataset.origin), this, true);
    }

    #typed(event) {
      const steps = { ArrowDown: 1, ArrowUp: -1, PageDown: 10, PageUp: -10, Home: -Infinity, End: Infinity };
      if (!(event.key in steps) || event.ctrlKey || event.metaKey || event.altKey) return;
      event.preventDefault();
      const place = Math.min(Math.max(this.cursor + steps[event.key], 0), this.lines.length - 1);
      this.#move(place);
      this.#reveal(this.code.children[place]);
      this.viewer.light(this.origins[place] || 0, this, true);
      this.viewer.say(this, place);
    }

    #move(place) {
      this.code.children[this.cursor]?.classList.remove("cursor");
      this.cursor = place;
      this.code.children[place]?.classList.add("cursor");
    }

    async #copied() {
      await navigator.clipboard.writeText(this.lines.join("\n") + "\n");
      this.viewer.tell(`${this.title} copied`);
    }
  }

  // The panes of a record and what chooses between them. `source` takes the place of the pane for Python: something with
  // an `element`, a `title`, `show(lines, origins, linked)` and `light(origin, reveal)`.
  class Viewer {
    constructor(root, { source = null, panes = ["python", "cpp", "cuda", "ptx"] } = {}) {
      const titles = { python: "Python", cpp: "C++", cuda: "CUDA", ptx: "PTX" };
      this.side = "forward";
      this.panes = panes.map((key) => (key === "python" && source ? source : new Pane(key, titles[key], key, this)));
      this.keys = panes;
      this.wanted = new Set(panes);
      this.status = make("p", { class: "spoken", role: "status", "aria-live": "polite" });
      this.tools = make("div", { class: "tools" }, this.#sides(), this.#choices(titles));
      this.grid = make("div", { class: "panes" }, ...this.panes.map((pane) => pane.element));
      root.replaceChildren(this.tools, this.grid, this.status);
    }

    // Show a record: {python, cpp, cuda, ptx} as `warpsmith.resolve` gives them.
    show(record) {
      this.record = record;
      const parts = ["cpp", "cuda"].map((key) => record[key]?.[this.side]).filter(Boolean);
      this.linked = new Set(parts.flatMap((part) => part.origins).filter(Boolean));
      this.panes.forEach((pane, place) => this.#fill(pane, this.keys[place]));
      this.#arrange();
    }

    light(origin, from, reveal) {
      this.counts = this.panes.map((pane) => pane.light(origin, reveal && pane !== from));
    }

    unlight() {
      this.panes.forEach((pane) => pane.light(0, false));
    }

    say(pane, place) {
      const found = this.panes
        .map((other, index) => (other !== pane && this.counts[index] ? `${this.counts[index]} of ${other.title}` : ""))
        .filter(Boolean);
      const text = pane.lines[place].trim() || "empty line";
      this.tell(`${pane.title} ${place + 1}: ${text}. ${found.length ? `Lines: ${found.join(", ")}.` : ""}`);
    }

    tell(text) {
      this.status.textContent = text;
    }

    #fill(pane, key) {
      if (key === "python") {
        pane.show(this.record.python, this.record.python.map((_line, place) => place + 1), this.linked);
        return;
      }
      if (key === "ptx") {
        pane.show(this.record.ptx || [], [], this.linked);
        return;
      }
      const code = this.record[key];
      const part = code && code[this.side];
      const note = code && !part ? "no adjoint was generated" : "";
      pane.show(part ? part.lines : [], part ? part.origins : [], this.linked, note);
    }

    #arrange() {
      this.panes.forEach((pane, place) => {
        const key = this.keys[place];
        const here = key === "python" || Boolean(this.record && this.record[key]);
        pane.element.hidden = !here || !this.wanted.has(key);
        const button = this.buttons.get(key);
        button.hidden = !here;
        button.setAttribute("aria-pressed", String(this.wanted.has(key)));
      });
    }

    #sides() {
      const name = `side-${Math.floor(performance.now())}`;
      const labels = SIDES.map(([side, title]) => {
        const input = make("input", { type: "radio", name, value: side, checked: side === this.side });
        input.addEventListener("change", () => {
          this.side = side;
          if (this.record) this.show(this.record);
        });
        return make("label", {}, input, make("span", { text: title }));
      });
      return make("fieldset", { class: "sides" }, make("legend", { class: "spoken", text: "Part" }), ...labels);
    }

    #choices(titles) {
      this.buttons = new Map();
      for (const key of this.keys) {
        const button = make("button", { type: "button", text: titles[key], "aria-pressed": "true" });
        button.addEventListener("click", () => {
          if (!this.wanted.delete(key)) this.wanted.add(key);
          this.#arrange();
        });
        this.buttons.set(key, button);
      }
      return make("div", { class: "choices", role: "group", "aria-label": "Shown texts" }, ...this.buttons.values());
    }
  }
  warpsmith.Viewer = Viewer;

  // Return a record with its texts as lines: from numbers in a table of lines, as texts.py writes them.
  warpsmith.resolve = (record, table) => {
    const lines = (numbers) => numbers.map((number) => table[number]);
    const code = (target) => {
      if (!target) return null;
      const whole = lines(target.lines);
      const origins = new Array(whole.length).fill(0);
      const part = (found) => {
        if (!found) return null;
        const first = found.first || 0;
        if (!found.lines) found.origins.forEach((origin, place) => { origins[first + place] = origin; });
        const own = found.lines ? lines(found.lines) : whole.slice(first, first + found.origins.length);
        return { lines: own, origins: found.origins };
      };
      const forward = part(target.forward);
      const backward = part(target.backward);
      return { forward, backward, whole: { lines: whole, origins } };
    };
    return {
      python: lines(record.python),
      cpp: code(record.cpp),
      cuda: code(record.cuda),
      ptx: record.ptx ? lines(record.ptx) : null,
    };
  };
})();
