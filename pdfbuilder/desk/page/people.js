// A list of people: its faults are mended in their cells, and all sheets are made at once.
import { $, ask, chip, count, h, print, put, save, say, shape, word } from "./ask.js";

let library, list = null, file = "", job = null, id = "", asked = 0, answered, isDrawn = true;

const question = () => list.question;
const errors = () => list.findings.filter((each) => each.is_error);
const first = () => $("#roster .fault :is(button, input):not([data-row])") ?? $("#roster [data-row]");
const nameColumn = () => Math.max(list.meant.indexOf("name"), 0);
const unread = () => { say(word("list_too_large")); put($("#people-headings"), h("div.fault", {}, h("span", {}, word("list_too_large")))); };

/** Asks about the list as it is now, on which the next mend builds at once. Answers whether nobody types elsewhere; nothing if there is a later list. */
function again(next, own = "") {
  const mine = (asked += 1);
  [job, list.question] = [null, next];
  answered = ask("/roster/mended", next).then((found) => {
    if (mine !== asked) return undefined;
    list = { ...found, question: { ...found.question, duplex: question().duplex } };
    const at = document.activeElement;
    show();
    const field = at.matches("[id^=cell-]") && at.id !== own && $(`#${at.id}`);
    if (field && field.value !== at.value) field.addEventListener("blur", () => field.dispatchEvent(new Event("change")), { once: true }); // what was typed before is no change to the browser
    if (field) { field.value = at.value; field.focus(); }
    return !field;
  });
  answered.catch(() => mine === asked && unread());
  return answered;
}

async function open(chosen) {
  const found = await ask(`/roster?name=${encodeURIComponent(chosen.name)}`, new Blob([await chosen.arrayBuffer()])).catch(() => null);
  if (!found) return unread();
  [list, file, job, answered, asked] = [found, chosen.name, null, null, asked + 1];
  show();
  say(summary());
}

const summary = () => (!list.question.headings.length ? "" : list.failed.length || errors().length ? word("list_faults", { ready: list.ready, bad: list.failed.length || errors().length }) : word("list_ready", { ready: list.ready }));

/** Writes something of a row, and leads to the next fault. */
async function written(row, next, own) {
  const leads = await again({ ...question(), ...next }, own);
  if (leads) (first() ?? $("#batch"))?.focus();
  if (leads !== undefined) say(`${word("row_written", { n: row + 1 })} ${summary()}`);
}
function mend(row, column, text) {
  const rows = question().rows.map((cells, n) => (n === row ? cells.map((each, at) => (at === column ? { text } : each)) : cells));
  if (isDrawn) written(row, { rows }, `cell-${row}-${column}`);
}

const sideIn = (text) => Object.keys(library.sides).find((each) => each === text.trim().toLowerCase() || each[0] === text.trim().toLowerCase());
const side = (text) => (sideIn(text) ? h(`div.lane.${sideIn(text)}`, {}, chip(library.sides[sideIn(text)].word, sideIn(text), true)) : text);

/** What is wrong with a row as a whole; until somebody says that it is right, each of its cells can be written. */
function ofRow(row) {
  const those = list.findings.filter((each) => each.row === row && each.column < 0), wrong = those.filter((each) => each.is_error);
  return [those.filter((each) => !each.is_error).map((each) => h("p.hint", {}, each.text)), wrong.length > 0 && h("div.fault.stacked", {}, wrong.map((each) => h("span", {}, each.text)), row in question().faults && h("div.mend", {}, h("button.button", { "data-row": row, onclick: () => { const { [row]: _, ...faults } = question().faults; written(row, { faults }); } }, word("row_right"))))];
}

function cell(row, column, shown) {
  const wrong = list.findings.filter((each) => each.row === row && each.column === column), errs = wrong.filter((each) => each.is_error);
  const isSide = list.meant[column] === "side", isName = column === nameColumn(), who = question().rows[row][nameColumn()]?.text || word("row", { n: row + 1 });
  const tag = isName ? "th" : "td", role = isName ? { role: "rowheader", scope: "row" } : { role: "cell" }, whole = isName ? ofRow(row) : [];
  if (!errs.length && !(row in question().faults)) return h(whole[1] ? `${tag}.hit` : list.meant[column] === "date" ? `${tag}.day` : tag, role, isSide ? side(shown.text) : shown.text, wrong.map((each) => h("p.hint", {}, each.text)), whole);
  const field = `cell-${row}-${column}`, why = isSide && shown.text.trim() ? word("no_such_side") : errs.map((each) => each.text).join(" ");
  const body = isSide
    ? h("div.three", { role: "group", "aria-label": word("side_of", { name: who }) }, Object.entries(library.sides).map(([value, each]) => h(`button.tag.${shape(value)}`, { "data-value": value, "aria-pressed": !errs.length && sideIn(shown.text) === value, onclick: () => mend(row, column, value) }, h("span", {}, each.word))))
    : h("div.mend", {}, h("input", { id: field, value: shown.text, "aria-invalid": errs.length ? "true" : null, "aria-describedby": errs.length ? `${field}-why` : null, "aria-label": `${question().headings[column]}, ${who}`, onchange: (event) => mend(row, column, event.target.value) }),
      [...new Set(errs.flatMap((each) => each.fixes))].map((each) => h("button.button", { "data-fix": each, onclick: () => mend(row, column, each) }, word("write_it", { value: each }))));
  const all = [isSide && h("b", {}, shown.text), errs.length > 0 && h("span", { id: `${field}-why` }, why), body];
  return h(`${tag}.hit`, role, errs.length ? h("div.fault.stacked", {}, all) : all, whole);
}

function table() {
  const { headings, rows } = question();
  isDrawn = false; // a field that is taken away says that it has changed
  put($("#roster"), h("caption.unseen", {}, word("the_list")),
    h("thead", { role: "rowgroup" }, h("tr", { role: "row" }, h("th", { role: "columnheader", scope: "col" }, h("span.unseen", {}, word("row_heading"))), headings.map((each) => h("th", { role: "columnheader", scope: "col" }, each || " ")))),
    h("tbody", { role: "rowgroup" }, rows.map((cells, n) => h(list.failed.includes(n) ? "tr.bad" : "tr", { role: "row" },
      h("td.no", { role: "cell" }, h("span", {}, String(n + 1)), list.failed.includes(n) ? h("span.unseen", {}, word("has_fault")) : null),
      headings.map((_, column) => cell(n, column, cells[column] ?? { text: "" }))))));
  isDrawn = true;
}

/** What headings mean that nobody knows, and what is wrong with the list as a whole. */
function headings() {
  const all = list.findings.filter((each) => each.row < 0), broken = all.some((each) => each.is_error);
  const unknown = question().headings.map((each, n) => [each, n]).filter(([each, n]) => each.trim() && !list.meant[n] && !(each in question().meanings));
  put($("#people-headings"), all.filter((each) => each.is_error || !unknown.length).map((each) => h(each.is_error ? "div.fault" : "div.fault.soft", {}, h("span", {}, each.text))),
    (broken || unknown.length ? unknown : []).map(([each, n]) => h("div.fault.soft", {},
      h("label", { for: `meaning-${n}` }, word("heading_means", { heading: each })),
      h("select", { id: `meaning-${n}`, onchange: (event) => { if (event.target.value) again({ ...question(), meanings: { ...question().meanings, [each]: event.target.value === "-" ? "" : event.target.value } }); } },
        h("option", { value: "" }, word("choose")), h("option", { value: "-" }, word("means_nothing")), list.columns.map((name) => h("option", { value: name }, name))))));
}

function out() {
  const box = $("#people-out"), { ready } = list, left = list.failed.map((row) => row + 1);
  if (!job) {
    put(box, h("button.print", { id: "batch", "aria-disabled": !ready, onclick: () => ready && run() }, count("make_sheets", ready)),
      h("label.check", {}, h("input", { type: "checkbox", id: "duplex", checked: question().duplex, onchange: (event) => { list.question = { ...question(), duplex: event.target.checked }; } }), word("fresh_paper")),
      h("p", {}, left.length ? word("left_out", { rows: left.join(", ") }) : ""));
  } else if (!job.is_over) {
    put(box, h("button.button", { id: "stop", onclick: stop }, word("stop")), h("div.going", {}, h("label", { for: "going" }, word("going", { done: job.done, of: job.of, name: job.name })), h("progress", { id: "going", max: job.of, value: job.done })));
  } else {
    const made = (kind) => `/batch/${id}/all.${kind}`;
    put(box, job.failed ? h("p", {}, word("batch_failed")) : [
      h("button.print", { id: "print-all", onclick: () => print(made("pdf")) }, word("print_all", { n: job.done })),
      h("button.button", { id: "all-pdf", onclick: () => save(`${made("pdf")}?save`, "exercise-plans.pdf") }, word("save_one_pdf")),
      h("button.button", { id: "all-zip", onclick: () => save(`${made("zip")}?save`, "exercise-plans.zip") }, word("save_zip")),
      h("p", {}, [`${count("sheets", job.done)}, ${count("pages", job.pages)}.`, left.length ? word("left_out", { rows: left.join(", ") }) : ""].join(" "))]);
  }
}

async function run() {
  let last;
  do await (last = answered); while (last !== answered); // what is said of the sheets is of the list on the page
  if (job || !list.ready) return;
  id = ""; // whoever waits for others gives up
  const begun = job = { done: 0, of: list.ready, name: "", is_over: false };
  ({ id } = await ask("/batch", question()).catch((error) => { job = null; throw error; }));
  if (job !== begun) return;
  out();
  $("#stop").focus();
  say(word("making", { n: list.ready }));
  const mine = id;
  while (job && mine === id && !job.is_over) {
    await new Promise((done) => { setTimeout(done, 120); });
    const found = await ask(`/batch/${mine}`).catch(() => ({ ...job, is_over: true, failed: mine })); // another page's sheets have taken their place
    if (!job || mine !== id) return;
    job = found;
    if (job.is_over || !$("#going")) out();
    else { $("#people-out label").textContent = word("going", { done: job.done, of: job.of, name: job.name }); $("#going").value = job.done; }
  }
  if (job?.is_over) { $("#print-all")?.focus(); say(job.failed ? word("batch_failed") : `${count("sheets", job.done)}, ${count("pages", job.pages)}.`); }
}

async function stop() {
  const mine = id;
  [job, id] = [null, ""];
  await ask(`/batch/${mine}`, undefined, "DELETE");
  out();
  $("#batch").focus();
  say(word("stopped_making"));
}

function show() {
  const hasRows = list.question.headings.length > 0;
  $("#people-file").textContent = file;
  put($("#people-sum"), summary(), hasRows && errors().length ? [" ", h("button.words", { id: "first-fault", onclick: () => (first() ?? $("#people-headings select"))?.focus() }, word("show_me"))] : "");
  $("#people-options").hidden = !hasRows;
  headings();
  table();
  if (hasRows) out(); else put($("#people-out"));
  for (const each of ["routine", "dates"]) $(`#people-${each}`).value = question()[each];
}

/** Makes the page of the people ready. */
export function begin(there) {
  library = there;
  put($("#people-routine"), h("option", { value: "" }, word("as_listed")), library.routines.map((each) => h("option", { value: each.id }, each.id)));
  put($("#people-dates"), ["", "dmy", "mdy", "ymd"].map((each) => h("option", { value: each }, each ? each.toUpperCase().split("").join("/") : word("dates_iso"))));
  for (const each of ["routine", "dates"]) $(`#people-${each}`).addEventListener("change", (event) => again({ ...question(), [each]: event.target.value }));
  $("#people-open").addEventListener("click", () => $("#people-chosen").click());
  $("#people-chosen").addEventListener("change", async (event) => { const [chosen] = event.target.files; event.target.value = ""; if (chosen) await open(chosen); });
  $("#people").addEventListener("dragover", (event) => event.preventDefault());
  $("#people").addEventListener("drop", (event) => { event.preventDefault(); if (event.dataTransfer.files[0]) open(event.dataTransfer.files[0]); });
}

/** Whether there is a list whose mending would be lost. */
export const holds = () => list !== null && list.question.headings.length > 0;
