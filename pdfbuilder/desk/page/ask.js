// What both pages of the desk need: words, elements, questions to the server, and a voice for screen readers.

let words = {};

/** Takes the words of the language, once they have come. */
export const speak = (found) => { words = found; };

/** A word of the language, its slots filled. */
export const word = (name, slots = {}) =>
  (words[name] ?? name).replace(/\{(\w+)\}/g, (whole, slot) => (slot in slots ? String(slots[slot]) : whole));

/** The same of a number of things, in the form that the language has for it. */
export const count = (name, n, slots = {}) => {
  const form = new Intl.PluralRules(document.documentElement.lang).select(n);
  return word(`${name}_${form}` in words ? `${name}_${form}` : `${name}_other`, { n, ...slots });
};

export const $ = (selector, inside = document) => inside.querySelector(selector);

/** An element with its attributes and what is in it. Texts are only ever texts: nothing that somebody wrote is markup. */
export function h(tag, attributes = {}, ...inside) {
  const [name, ...classes] = tag.split(".");
  const made = document.createElement(name);
  if (name === "button") made.type = "button";
  if (classes.length) made.className = classes.join(" ");
  for (const [key, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || (value === false && !key.startsWith("aria-"))) continue;
    if (key.startsWith("on")) made.addEventListener(key.slice(2), value);
    else if (key === "value") made.value = value;
    else made.setAttribute(key, value === true && !key.startsWith("aria-") ? "" : value);
  }
  made.append(...inside.flat(Infinity).filter((each) => each !== null && each !== undefined && each !== false));
  return made;
}

export const put = (where, ...inside) => where.replaceChildren(...inside.flat(Infinity).filter(Boolean));

/** What the server answers; a fault of its own or its silence is an exception. */
export async function ask(path, body, method = body === undefined ? "GET" : "POST") {
  const raw = body instanceof Blob;
  const answer = await fetch(path, {
    method,
    headers: body === undefined ? {} : { "Content-Type": raw ? "application/octet-stream" : "application/json" },
    body: body === undefined ? undefined : raw ? body : JSON.stringify(body),
  });
  if (!answer.ok && answer.status !== 422) throw new Error(`${path}: ${answer.status}`);
  return answer.json();
}

/** A sentence for who hears the page. */
export function say(text) {
  const voice = $("#say");
  voice.textContent = "";
  requestAnimationFrame(() => { voice.textContent = text; });
}

/** Hands a file to the browser, which saves it where it saves everything. */
export const save = (address, name) => h("a", { href: address, download: name }).click();

/** Has the browser print a file. */
export function print(address) {
  const before = document.activeElement;
  $("#to-print")?.remove();
  const frame = h("iframe.unseen", { id: "to-print", src: address, title: word("printing"), "aria-hidden": "true", tabindex: "-1" });
  frame.addEventListener("load", () => {
    try { frame.contentWindow.print(); } catch { window.open(address, "_blank", "noopener"); }
    // A file that is shown takes the keys to itself.
    window.focus();
    before?.focus();
  });
  document.body.append(frame);
}

/** What is wrong, in a strip, with a button for each value that would mend it. */
export function strip(finding, id, mend) {
  return h(finding.is_error ? "div.fault" : "div.fault.soft", { id, "data-code": finding.code },
    h("span", {}, finding.text),
    finding.fixes.map((each) => h("button.button", { "data-fix": each, onclick: () => mend(each) }, word("write_it", { value: each }))));
}

/** The shape of a side's tag. */
export const shape = (side) => ({ left: "l", both: "b", right: "r" }[side] ?? "n");

/** A side's tag, as an arrow that points to it. */
export const chip = (label, side, solid) => h(`span.chip.${shape(side)}${solid ? ".on" : ""}`, {}, label);
