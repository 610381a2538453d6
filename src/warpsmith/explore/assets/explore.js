// The live page: what is typed is sent, what Warp makes of it is shown beside it, what it refuses on its line.
"use strict";

(() => {
  const PAUSE = 250;
  const { make } = warpsmith;
  const token = new URLSearchParams(location.search).get("token");
  const page = crypto.randomUUID();
  const element = (id) => document.getElementById(id);
  const lines = (text) => text.replace(/\n$/, "").split("\n");

  // The text that is typed, in the place of the viewer's pane for Python: a text area over the coloured lines.
  class Editor {
    constructor(text, changed) {
      this.title = "Python";
      this.linked = new Set();
      this.faulty = new Set();
      this.area = make("textarea", {
        id: "source", spellcheck: "false", autocomplete: "off", autocapitalize: "off", wrap: "off",
        "aria-label": "Python: a kernel with all that it needs", "aria-describedby": "problems",
      });
      this.area.value = text;
      this.backdrop = make("div", { class: "backdrop", "aria-hidden": "true" });
      const code = make("div", { class: "code editing" }, this.backdrop, this.area);
      const heading = make("header", {}, make("h3", { text: this.title }));
      this.element = make("section", { class: "pane python" }, heading, code);
      this.area.addEventListener("input", () => {
        this.draw();
        changed();
      });
      this.area.addEventListener("keydown", (event) => this.#indented(event));
      for (const name of ["keyup", "click", "focus"]) this.area.addEventListener(name, () => this.#followed());
      this.area.addEventListener("mousemove", (event) => this.#hovered(event));
      this.area.addEventListener("mouseleave", () => this.viewer.unlight());
      this.draw();
    }

    get lines() {
      return this.area.value.split("\n");
    }

    // The viewer gives no lines that are not here already, but it knows which of them have code.
    show(_lines, _origins, linked) {
      this.linked = linked;
      this.draw();
    }

    blame(faulty) {
      this.faulty = new Set(faulty);
      this.area.setAttribute("aria-invalid", String(this.faulty.size > 0));
      this.draw();
    }

    draw() {
      const texts = warpsmith.highlight(this.lines, "python");
      this.backdrop.replaceChildren(...texts.map((pieces, place) => {
        const number = place + 1;
        const kinds = ["line", this.linked.has(number) ? `hue-${number % 8}` : "plain"];
        if (this.faulty.has(number)) kinds.push("faulty");
        const row = make("div", { class: kinds.join(" "), "data-origin": number, "data-number": number });
        for (const [kind, text] of pieces) row.append(kind ? make("span", { class: kind, text }) : text);
        if (!pieces.length) row.append("\n");
        return row;
      }));
    }

    light(origin, reveal) {
      for (const row of this.backdrop.children) row.classList.toggle("lit", origin && Number(row.dataset.origin) === origin);
      if (origin && reveal) this.backdrop.children[origin - 1]?.scrollIntoView({ block: "nearest" });
      return origin ? 1 : 0;
    }

    goTo(number) {
      const start = this.lines.slice(0, number - 1).reduce((sum, line) => sum + line.length + 1, 0);
      this.area.focus();
      this.area.setSelectionRange(start, start);
      this.backdrop.children[number - 1]?.scrollIntoView({ block: "nearest" });
    }

    #indented(event) {
      if (event.key !== "Enter" || event.ctrlKey || event.metaKey || event.altKey) return;
      const before = this.area.value.slice(0, this.area.selectionStart).split("\n").at(-1);
      const indent = /^ */.exec(before)[0] + (before.trimEnd().endsWith(":") ? "    " : "");
      if (!indent) return;
      event.preventDefault();
      this.area.setRangeText(`\n${indent}`, this.area.selectionStart, this.area.selectionEnd, "end");
      this.area.dispatchEvent(new InputEvent("input"));
    }

    #followed() {
      const number = this.area.value.slice(0, this.area.selectionStart).split("\n").length;
      this.viewer.light(number, this, true);
    }

    #hovered(event) {
      const row = [...this.backdrop.children].find((one) => event.clientY < one.getBoundingClientRect().bottom);
      if (row) this.viewer.light(Number(row.dataset.origin), this, false);
    }
  }

  // The record that the viewer shows, from a kernel of an answer.
  const record = (kernel) => {
    const part = (found) => found && { lines: lines(found.text), origins: found.lines };
    const code = (target) => {
      if (!target) return null;
      const whole = lines(target.text);
      const origins = new Array(whole.length).fill(0);
      for (const found of [target.forward, target.backward].filter(Boolean)) {
        const place = target.text.indexOf(found.text);
        const first = place < 0 ? 0 : lines(target.text.slice(0, place)).length;
        if (place >= 0) found.lines.forEach((origin, number) => { origins[(place ? first : 0) + number] = origin; });
      }
      return { forward: part(target.forward), backward: part(target.backward), whole: { lines: whole, origins } };
    };
    const ptx = kernel.ptx ? lines(kernel.ptx) : null;
    return { python: editor.lines, cpp: code(kernel.cpu), cuda: code(kernel.cuda), ptx };
  };

  const say = (text) => {
    element("state").textContent = text;
  };

  const complain = (problems) => {
    editor.blame(problems.map((problem) => problem.line).filter(Boolean));
    element("problems").replaceChildren(...problems.map((problem) => {
      const words = problem.line ? `Line ${problem.line}: ${problem.reason}` : problem.reason;
      const what = problem.line ? make("button", { type: "button", text: words }) : make("span", { text: words });
      if (problem.line) what.addEventListener("click", () => editor.goTo(problem.line));
      const more = problem.message && problem.message !== problem.reason;
      const all = more ? [make("details", {}, make("summary", { text: "All that was said" }), make("pre", { text: problem.message, tabindex: "0" }))] : [];
      return make("li", {}, what, ...all);
    }));
    element("problems").hidden = problems.length === 0;
  };

  const offer = (kernels) => {
    const chosen = element("kernel").value;
    const names = kernels.map((kernel, place) => make("option", { value: place, text: `${kernel.name}, line ${kernel.line}` }));
    element("kernel").replaceChildren(...names);
    if (kernels[Number(chosen)]) element("kernel").value = chosen;
    element("choice").hidden = kernels.length < 2;
  };

  const present = () => {
    const kernel = answer.kernels[Number(element("kernel").value) || 0];
    if (kernel?.cpu || kernel?.cuda) viewer.show(record(kernel));
    element("calls").textContent = kernel?.builtins.length ? `Calls ${kernel.builtins.join(", ")}.` : "";
  };

  const take = (given) => {
    answer = given;
    const problems = [given.problem, ...given.kernels.map((kernel) => kernel.problem)].filter(Boolean);
    complain(problems);
    offer(given.kernels);
    present();
    element("output").textContent = given.output + (given.output_cut ? "\n(the rest is left out)" : "");
    element("printed").hidden = !given.output;
    element("remarks").replaceChildren(...[...given.notes, ...given.warnings].map((text) => make("li", { text })));
    const count = given.kernels.length;
    const what = count === 1 ? "1 kernel" : `${count} kernels`;
    say(problems.length ? "Warp, or Python, refuses this; the code is that of the last text that it took." : `${what} in ${given.seconds.toFixed(2)} s`);
    document.documentElement.dataset.answered = String(Number(document.documentElement.dataset.answered || 0) + 1);
  };

  const ask = async () => {
    say("asking");
    const body = JSON.stringify({ text: editor.area.value, page, ptx: element("ptx").checked });
    const headers = { "Content-Type": "application/json", "X-Warpsmith-Token": token };
    let response;
    try {
      response = await fetch("/api/code", { method: "POST", headers, body });
    } catch {
      say("The server is gone: start `warpsmith explore` again.");
      return;
    }
    if (response.status === 409) return; // something newer was asked
    if (!response.ok) {
      say((await response.json()).error);
      return;
    }
    take(await response.json());
  };

  let timer = 0;
  const soon = () => {
    clearTimeout(timer);
    timer = setTimeout(ask, PAUSE);
  };

  let answer = { kernels: [] };
  const editor = new Editor(JSON.parse(element("start").textContent), soon);
  const viewer = new warpsmith.Viewer(element("viewer"), { source: editor });
  editor.viewer = viewer;
  viewer.show({ python: editor.lines, cpp: null, cuda: null, ptx: null });
  element("ptx").addEventListener("change", ask);
  element("kernel").addEventListener("change", present);
  document.documentElement.dataset.ready = "true";
  ask();
})();
