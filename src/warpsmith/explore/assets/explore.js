"use strict";
(() => {
  const token = new URLSearchParams(location.search).get("token");
  const page = crypto.randomUUID();
  const at = (id) => document.getElementById(id);
  let waiting = 0;

  async function ask() {
    at("status").textContent = "…";
    const body = JSON.stringify({ text: at("text").value, page, ptx: at("ptx").checked });
    const headers = { "Content-Type": "application/json", "X-Warpsmith-Token": token };
    let response;
    try {
      response = await fetch("/api/code", { method: "POST", headers, body });
    } catch {
      at("status").textContent = "The server is gone.";
      return;
    }
    if (response.status === 409) return;
    if (!response.ok) {
      at("status").textContent = await response.text();
      return;
    }
    const answer = await response.json();
    const problems = [answer.problem, ...answer.kernels.map((kernel) => kernel.problem)].filter(Boolean);
    const told = problems.map((one) => (one.line ? `line ${one.line}: ` : "") + one.reason);
    at("status").textContent = told.join("; ") || `${answer.kernels.length} kernel(s) in ${answer.seconds} s`;
    at("answer").textContent = answer.kernels
      .map((kernel) => [kernel.name, kernel.cpu && kernel.cpu.text, kernel.cuda && kernel.cuda.text, kernel.ptx])
      .concat([[answer.output]])
      .flat()
      .filter(Boolean)
      .join("\n\n");
  }

  function soon() {
    clearTimeout(waiting);
    waiting = setTimeout(ask, 250);
  }

  at("text").value = JSON.parse(at("start").textContent);
  at("text").addEventListener("input", soon);
  at("ptx").addEventListener("change", ask);
  ask();
})();
