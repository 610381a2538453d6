// Colours for code: for each line of a text its pieces, each a kind and a string. Kinds are classes of code.css.
"use strict";
window.warpsmith = window.warpsmith || {};

(() => {
  const words = (text) => `\\b(?:${text.trim().split(/\s+/).join("|")})\\b`;
  const number = String.raw`\b(?:0[xX][\da-fA-F]+|\d+\.?\d*(?:[eE][+-]?\d+)?)[a-zA-Z]*|\.\d+(?:[eE][+-]?\d+)?f?`;
  const quoted = String.raw`"(?:\\.|[^"\\\n])*"?|'(?:\\.|[^'\\\n])*'?`;

  // kind and pattern, in the order in which they are tried
  const cpp = [
    ["comment", String.raw`//[^\n]*|/\*[\s\S]*?(?:\*/|$)`],
    ["string", quoted],
    ["directive", String.raw`#[^\n]*`],
    ["number", number],
    ["keyword", words(`auto bool break case class const constexpr continue default delete do double else enum extern
      false float for goto if inline int int8_t int16_t int32_t int64_t long namespace new nullptr operator private
      public return short signed sizeof static struct switch template this true typedef typename union unsigned using
      uint8_t uint16_t uint32_t uint64_t size_t void volatile while __global__ __device__ __shared__ __restrict__
      __launch_bounds__ CUDA_CALLABLE extern`)],
    ["builtin", String.raw`\b(?:wp|builtin)(?:::~?\w+)+|\b(?:builtin|adj)_\w+|\b(?:blockDim|blockIdx|threadIdx|gridDim)\b`],
    ["label", String.raw`\b(?:start|end)_\w+_\d+\b`],
    ["name", String.raw`[A-Za-z_]\w*`],
  ];
  const languages = {
    python: [
      ["comment", String.raw`#[^\n]*`],
      ["string", String.raw`[rRbBuUfF]{0,2}(?:"""[\s\S]*?(?:"""|$)|'''[\s\S]*?(?:'''|$))|[rRbBuUfF]{0,2}(?:${quoted})`],
      ["decorator", String.raw`@[\w.]+`],
      ["number", number],
      ["keyword", words(`and as assert async await break class continue def del elif else except False finally for from
        global if import in is lambda None nonlocal not or pass raise return True try while with yield`)],
      ["builtin", String.raw`\bwp(?:\.\w+)+|\b(?:abs|bool|enumerate|float|int|len|max|min|range|round|tuple|zip)(?=\()`],
      ["name", String.raw`[A-Za-z_]\w*`],
    ],
    cpp,
    cuda: cpp,
    ptx: [
      ["comment", String.raw`//[^\n]*|/\*[\s\S]*?(?:\*/|$)`],
      ["string", quoted],
      ["directive", String.raw`(?<![\w.])\.\w+`],
      ["builtin", String.raw`%[\w.]+`],
      ["label", String.raw`\$?[A-Za-z_$][\w$]*(?=:)`],
      ["number", String.raw`\b(?:0[xX][\da-fA-F]+|0[fdFD][\da-fA-F]+|\d+)\b`],
      ["keyword", String.raw`\b[a-z][a-z0-9]*(?:\.[\w:]+)+|\b(?:ret|exit|trap|bra)\b`],
      ["name", String.raw`[A-Za-z_$][\w$]*`],
    ],
  };
  const patterns = Object.fromEntries(
    Object.entries(languages).map(([language, rules]) => [
      language,
      new RegExp(rules.map(([kind, pattern]) => `(?<${kind}>${pattern})`).join("|"), "g"),
    ]),
  );

  // Return the lines of a text as lists of [kind, string]; the kind of what is nothing special is "".
  warpsmith.highlight = (lines, language) => {
    const text = lines.join("\n");
    const found = [[]];
    const put = (kind, piece) =>
      piece.split("\n").forEach((part, place) => {
        if (place) found.push([]);
        if (part) found.at(-1).push([kind, part]);
      });
    let end = 0;
    for (const match of text.matchAll(patterns[language])) {
      if (match.index > end) put("", text.slice(end, match.index));
      const kind = Object.keys(match.groups).find((name) => match.groups[name] !== undefined);
      put(kind === "name" ? "" : kind, match[0]);
      end = match.index + match[0].length;
    }
    put("", text.slice(end));
    return found;
  };
})();
