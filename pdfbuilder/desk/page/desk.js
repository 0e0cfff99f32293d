// One person's sheet: the plan stands here and in a list of what can be undone; the server only answers.

import { $, ask, chip, count, h, print, put, save, say, shape, speak, strip, word } from "./ask.js";
import { begin as beginPeople, holds } from "./people.js";

const MOST_UNDONE = 200;
const FIGURES = ["reps", "sets", "hold", "duration", "times_per_day", "days"];
const STEPPED = ["reps", "sets", "times_per_day"];

let library, plan, answer = null, forgotten = 0, asking = false, again = false, revision = 0;
let past = [], future = [], lastKind = "", open = 0, gone = null, current = -1, part = "", printed = null, saved = "";
let shownKey = "", lost = "", zoomed = false, keys = 0, choices = 0, draft = null, listed = "";
// For whom each choice of a side was printed, or stands in a file, by the number that goes with the plan wherever undo and redo lead.
const whose = [], views = new Map();

// ---- the plan and what is done to it ----------------------------------------------------------------------------

// An item that is empty in the file is an empty text here; what the file has stays written.
const keyed = (found) => ({ choice: ++choices, ...found, items: found.items.map(({ entry, text }) => ({ key: ++keys, entry: entry ?? "", text })) });
const bare = () => ({ ...plan, choice: undefined, from: undefined, items: plan.items.map(({ entry, text }) => ({ entry, text })) });
const idOf = (item) => (typeof item.entry === "string" ? item.entry : item.entry.exercise ?? "");
const isHeading = (item) => typeof item.entry === "object" && "section" in item.entry;
const exercises = () => plan.items.filter((each) => !isHeading(each));
const offered = (id) => library.exercises.find((each) => each.id === id);
const nameOf = (item) => views.get(item.key)?.name ?? offered(idOf(item))?.name ?? item.entry.name ?? item.entry.section ?? idOf(item);
const texts = (some) => some.flat().filter((each) => String(each ?? "").trim());
// One text stands by itself, several stand in a list.
const several = (some) => (texts(some).length > 1 ? texts(some) : texts(some)[0] ?? "");
// What a language has no word for is called by its id.
const worded = (kind, id) => (word(`${kind}_${id}`) === `${kind}_${id}` ? id : word(`${kind}_${id}`));
// A part of the body, or the signs to watch for that go with it.
const regionOf = (region) => worded("region", region);
const isDirty = () => JSON.stringify(bare()) !== saved;
const known = () => { saved = JSON.stringify(bare()); };

/** Does something to the plan, so that it can be undone; what is of one kind, one after the other, is undone at once. */
function act(what, change, kind = "") {
  if (!kind || kind !== lastKind) {
    past.push([what, JSON.stringify(plan)]);
    if (past.length > MOST_UNDONE) past.shift();
  }
  lastKind = kind;
  future = [];
  if (!kind) gone = null;
  change();
  question();
  show();
}

/** Forgets what was said of another side: no word of it stands beside the one that is pressed now. */
function forget() {
  forgotten += 1; answer = null;
  for (const [key, view] of views) views.set(key, { ...view, chips: [], shows: "", pictured: undefined, dose: "" });
}

function turn(from, to, said) {
  if (!from.length) return;
  const [what, was] = from.pop();
  to.push([what, JSON.stringify(plan)]);
  plan = JSON.parse(was);
  gone = null; lastKind = ""; open = 0;
  forget();
  fields(true);
  question();
  show();
  say(word(said, { what }));
}
const undo = () => turn(past, future, "undone");
const redo = () => turn(future, past, "done_again");

function replace(what, found) {
  act(what, () => { plan = keyed(found); open = 0; forget(); });
  fields(true);
}

// ---- questions to the server ------------------------------------------------------------------------------------

async function question() {
  revision += 1;
  if (asking) { again = true; return; }
  asking = true;
  do {
    again = false;
    const of = plan.items.map((each) => each.key), since = forgotten;
    try {
      const found = await ask("/plan", { revision, plan: bare() });
      // It may be of another side: the next one is asked for already.
      if (since !== forgotten) continue;
      if (found.items.length === of.length) of.forEach((key, n) => views.set(key, found.items[n]));
      answer = found;
      $("#stopped").hidden = true;
      show();
    } catch {
      $("#stopped").hidden = false;
    }
  } while (again);
  asking = false;
}

const faults = () => (answer?.findings ?? []).filter((each) => each.is_error);
const isCurrent = () => answer?.revision === revision;
const sheet = () => (isCurrent() ? answer.sheet : null);
/** What the sheet is for: its side, or two where its cards have sides of their own. */
const called = () => answer?.sheet?.side ?? plan.side;

/** Why nothing can be printed, and what to press for it; nothing if it can. */
function obstacle() {
  if (!called() && !faults().length) return [word("choose_side"), () => $("#sides").focus()];
  if (!plan.items.length && !answer?.items.length && !faults().length) return [word("add_first"), () => { tab("library"); $("#find").focus(); }];
  if (faults().length) {
    const [first] = faults();
    return [itemAt(first.at) && FIGURES.includes(first.at.split(".")[2]) ? word("needs_figure", { name: nameOf(itemAt(first.at)) }) : first.text, () => lead(first)];
  }
  return sheet() ? null : [word("being_made"), () => {}];
}

const itemAt = (at) => (at.startsWith("items.") ? plan.items[Number(at.split(".")[1])] : null);

/** Leads to a field that has to be mended. */
function lead(finding) {
  const item = itemAt(finding.at), key = finding.at.split(".").pop();
  if (item) {
    tab("plan");
    open = item.key;
    show();
    ($(`#${key}-${item.key}`) ?? $(`#dose-${item.key}`))?.focus();
  } else if (finding.at.startsWith("sheet.") || finding.at === "restrictions") {
    if (!$(`#${key}`)?.closest(".who > .field, .looks")) more(true);
    $(`#${key}`)?.focus();
  } else if (finding.at === "side") $("#sides").focus();
}

// ---- side -------------------------------------------------------------------------------------------------------

function choose(side) {
  if (plan.side === side) return;
  act(word("chose", { side: library.sides[side]?.word ?? word("no_side") }), () => { plan.side = side; plan.choice = ++choices; forget(); });
  say(hintOfSide());
}
const hintOfSide = () => word({ left: "for_left", right: "for_right", both: "for_both", none: "for_nobody", "two-sides": "for_two" }[called()] ?? "nothing_prints");

function showSide() {
  document.body.dataset.side = called() || "";
  $("#which-hint").textContent = hintOfSide();
  for (const each of $("#sides").children) {
    each.setAttribute("aria-pressed", each.dataset.side === plan.side);
    each.tabIndex = each.dataset.side === (plan.side in library.sides ? plan.side : "left") ? 0 : -1;
  }
  $("#sides").classList.toggle("decided", Boolean(plan.side));
  const nobodys = $("#no-side");
  nobodys.hidden = !(answer?.can_be_nobodys && plan.items.length) && plan.side !== "none";
  nobodys.setAttribute("aria-pressed", plan.side === "none");
}

function sides() {
  for (const [side, { word: label }] of Object.entries(library.sides)) {
    $("#sides").append(h(`button.tag.${shape(side)}`, { "data-side": side, "aria-pressed": "false", tabindex: "-1", onclick: () => choose(side) }, h("span", {}, label)));
  }
  $("#sides").addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const tags = [...$("#sides").children], at = tags.indexOf(document.activeElement);
    const by = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
    const letter = Object.keys(library.sides).find((each) => library.sides[each].word[0].toLowerCase() === event.key.toLowerCase());
    if (by) { event.preventDefault(); tags[(at < 0 ? (by > 0 ? 0 : 2) : at + by + 3) % 3].focus(); }
    else if (letter) { event.preventDefault(); choose(letter); $(`#sides [data-side=${letter}]`).focus(); }
  });
  $("#no-side").addEventListener("click", () => choose("none"));
}

// ---- library ----------------------------------------------------------------------------------------------------

/** Whether so few slips lead from one word to another: a letter too many, too few, another one, or two the wrong way round. */
function isNear(one, other, slips) {
  if (!one || !other) return one.length + other.length <= slips;
  if (one[0] === other[0]) return isNear(one.slice(1), other.slice(1), slips);
  const isSwapped = one[0] === other[1] && one[1] === other[0];
  return slips > 0 && [[1, 0], [0, 1], [1, 1], ...(isSwapped ? [[2, 2]] : [])].some(([n, m]) => isNear(one.slice(n), other.slice(m), slips - 1));
}

/** How well an exercise fits what was typed; less than nothing if it does not. */
function fit(exercise, typed) {
  const named = exercise.name.toLowerCase().split(/\s+/), all = `${exercise.name} ${exercise.regions.map(regionOf).join(" ")} ${exercise.words}`.toLowerCase();
  let sum = 0;
  for (const each of typed.toLowerCase().split(/\s+/).filter(Boolean)) {
    const at = named.findIndex((one) => one.startsWith(each));
    if (at >= 0) sum += 10 - at;
    else if (all.includes(each)) sum += 3;
    else if (each.length > 3 && all.split(/[^\p{L}\p{N}]+/u).some((one) => isNear(each, one.slice(0, Math.max(each.length, one.length - 2)), each.length > 6 ? 2 : 1))) sum += 1;
    else return -1;
  }
  return sum;
}

function matching() {
  const typed = $("#find").value.trim(), thing = $("#needs").value;
  const those = library.exercises.filter(({ regions, needs }) => (!part || regions.includes(part)) && (!thing || (needs.length ? needs : ["-"]).includes(thing)));
  if (!typed) return those;
  return those.map((each) => [fit(each, typed), each]).filter(([how]) => how >= 0).sort(([a], [b]) => b - a).map(([, each]) => each);
}

/** The side in whose picture an exercise is shown; before one is chosen it shows none. */
const chosen = () => (plan.side in library.sides ? plan.side : "none");
/** The same of one in the plan; what has a side or steps of its own shows none before the server says which. */
const pictured = (item) => views.get(item.key)?.pictured ?? (["side", "instructions", "picture"].some((key) => key in Object(item.entry)) || plan.items.some((each) => each.entry.side_of) ? "" : chosen());
const picture = (id, side, shows) => (offered(id)?.has_picture && side
  ? h("img.picture", { src: `/picture/${id}/${side}.svg`, alt: shows ?? "", width: 160, height: 100, loading: "lazy" })
  : h("span.picture"));

function showLibrary() {
  const hits = matching(), typed = $("#find").value.trim();
  current = Math.min(current, hits.length - 1);
  const at = typed && current < 0 ? 0 : current;
  const taken = exercises().map(idOf);
  // Nearly every change leaves the list as it is.
  const now = JSON.stringify([typed, at, plan.side, taken, hits.map((each) => each.id)]);
  if (now === listed) return;
  listed = now;
  put($("#list"), hits.map((each, n) => {
    const place = taken.indexOf(each.id);
    return h(`li.offer${n === at ? ".current" : ""}`, { role: "option", id: `offer-${each.id}`, "data-id": each.id, "aria-selected": place >= 0 },
      picture(each.id, chosen()), h("span", {}, h("b", {}, each.name), h("small", {}, each.brief), each.own ? h("small.ours", {}, word("own_content")) : null),
      h("span.mark", { "aria-hidden": "true" }, place >= 0 ? String(place + 1) : "+"),
      place >= 0 ? h("span.unseen", {}, word("in_plan", { n: place + 1 })) : null);
  }));
  $("#list").hidden = !hits.length;
  $("#none").hidden = Boolean(hits.length);
  $("#none").textContent = typed ? word("none_found", { typed }) : word("none");
  for (const each of [$("#find"), $("#list")]) each.setAttribute("aria-activedescendant", hits[at] ? `offer-${hits[at].id}` : "");
  $("#find-hint").textContent = !typed ? word("find_hint") : hits.length ? word("enter_adds", { name: hits[Math.max(at, 0)].name, n: hits.length }) : word("none");
  $(".offer.current")?.scrollIntoView({ block: "nearest" });
}

function filters() {
  const parts = ["", ...library.regions.filter((region) => library.exercises.some((each) => each.regions.includes(region)))];
  put($("#filters"), parts.map((each, n) => h("button", {
    "aria-pressed": part === each, "data-part": each,
    onclick: () => { part = each; current = -1; filters(); showLibrary(); $("#filters").children[n].focus(); },
  }, each ? regionOf(each) : word("all", { n: library.exercises.length }))));
}

function add(id, edits = false) {
  const there = plan.items.find((each) => idOf(each) === id), { name } = offered(id);
  if (there) {
    if (edits) open = there.key;
    show();
    const card = $(`.card[data-key="${there.key}"]`);
    card.scrollIntoView({ block: "nearest" });
    card.classList.add("flash");
    say(word("already", { name }));
    if (edits) focusDose(there.key);
    return;
  }
  const item = { key: ++keys, entry: id, text: "" };
  act(word("add_what", { name }), () => { plan.items.push(item); if (edits) open = item.key; });
  say(word("added", { name, n: exercises().length }));
  $(`.card[data-key="${item.key}"]`)?.scrollIntoView({ block: "nearest" });
  if (edits) focusDose(item.key);
}

function search() {
  const field = $("#find"), empty = () => { field.value = ""; current = -1; showLibrary(); };
  field.addEventListener("input", () => { current = -1; showLibrary(); });
  for (const each of [field, $("#list")]) {
    each.addEventListener("keydown", (event) => {
      const hits = matching(), by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
      if (by) { event.preventDefault(); current = Math.max(0, Math.min(hits.length - 1, current + by + (current < 0 && field.value.trim() && by > 0 ? 1 : 0))); showLibrary(); }
      else if (event.key === "Enter") {
        event.preventDefault();
        const hit = hits[current < 0 ? 0 : current];
        if (!hit || (current < 0 && !field.value.trim())) return;
        add(hit.id, event.shiftKey);
        empty();
      } else if (event.key === "Escape" && field.value) empty();
    });
  }
  $("#list").addEventListener("click", (event) => { const at = event.target.closest(".offer"); if (at) add(at.dataset.id); });
}

// ---- plan -------------------------------------------------------------------------------------------------------

const usual = (item) => offered(idOf(item))?.figures ?? views.get(item.key)?.figures ?? {};
const stated = (item, key) => (typeof item.entry === "object" ? item.entry[key] : undefined);
const figure = (item, key) => stated(item, key) ?? views.get(item.key)?.figures?.[key] ?? usual(item)[key] ?? "";
const isOwn = (item) => typeof item.entry === "object" && !("exercise" in item.entry);

/** Writes a figure of a dose, as usual or not: a routine or a level may say otherwise. */
function write(item, key, value) {
  const entry = typeof item.entry === "string" ? { exercise: item.entry } : { ...item.entry };
  const number = typeof value === "string" && /^\d{1,6}$/.test(value.trim()) && key !== "note" ? Number(value) : value;
  if (value === undefined || (value === "" && !usual(item)[key])) delete entry[key];
  else if (value === "" && ["hold", "duration"].includes(key)) entry[key] = "none";
  // A list that is proposed comes as it would be written.
  else entry[key] = typeof number === "string" && number.startsWith("[") && key !== "note" ? number.replace(/[[\]]/g, "").split(",").map((each) => each.trim()) : number;
  const left = Object.keys(entry);
  item.entry = left.length === 1 && left[0] === "exercise" ? entry.exercise : entry;
  item.text = "";
}

const change = (item, key, value) => act(word("change_what", { name: nameOf(item) }), () => write(item, key, value), `${key}-${item.key}`);

/** The next amount: 3 becomes 4, 3-4 becomes 4-5. */
const stepped = (value, by) => String(value).replace(/\d+/g, (each) => String(Math.max(1, Number(each) + by)));

function findingsOf(item, key) {
  const at = plan.items.indexOf(item);
  return (answer?.findings ?? []).filter((each) => (key ? each.at === `items.${at}.${key}` : each.at === `items.${at}` || each.at.startsWith(`items.${at}.`)));
}

const inWords = (apart) => Object.entries(apart).map(([side, each]) => `${word(`rule_${side}`)}: ${each}`).join(", ");

function doseField(item, key) {
  const value = figure(item, key), wrong = findingsOf(item, key), id = `${key}-${item.key}`;
  if (key === "duration" && !usual(item).duration && stated(item, key) === undefined) return null;
  // What sides have apart is only shown.
  const isApart = typeof value === "object" && !Array.isArray(value), isStepped = STEPPED.includes(key) && typeof value !== "object";
  const isEach = key === "reps" && (views.get(item.key)?.chips?.length ?? 0) > 1;
  const label = word(isEach ? "reps_each" : key === "times_per_day" ? "times_a_day" : key);
  const input = h("input", {
    id, "data-key": key, value: value === "none" ? "" : isApart ? inWords(value) : [value].flat().join(", "), autocomplete: "off", size: isApart ? 30 : isStepped ? 4 : 9, readonly: isApart,
    "aria-invalid": wrong.some((each) => each.is_error) || null, "aria-describedby": wrong.length ? `wrong-${id}` : null,
    placeholder: key === "hold" ? word("no_hold") : null,
    oninput: (event) => change(item, key, event.target.value),
    onkeydown: (event) => {
      const by = isStepped ? { ArrowUp: 1, ArrowDown: -1 }[event.key] : 0;
      if (by) { event.preventDefault(); change(item, key, stepped(figure(item, key), by)); }
      if (event.key === "Enter" || event.key === "Escape") { event.preventDefault(); close(item); }
    },
  });
  const buttons = (by, sign, said) => h("button.button.square", { tabindex: "-1", "aria-label": `${label}, ${said}`, onclick: () => { change(item, key, stepped(figure(item, key), by)); } }, sign);
  return h("div.field", {}, h("label", { for: id }, label),
    isStepped ? h("div.step", {}, buttons(-1, "−", word("one_fewer")), input, buttons(1, "+", word("one_more"))) : input);
}

function dayButtons(item) {
  const value = figure(item, "days"), chosen = Array.isArray(value) ? value : [];
  return h("div", { role: "group", "aria-labelledby": `days-label-${item.key}` },
    h("div.label", { id: `days-label-${item.key}` }, Array.isArray(value) ? word("days") : `${word("days")}: ${value}`),
    h("div.days", {}, library.day_names.map((day, n) => h("button", {
      id: `day-${day}-${item.key}`, "aria-pressed": chosen.includes(day),
      onclick: () => change(item, "days", library.day_names.filter((each) => (each === day ? !chosen.includes(day) : chosen.includes(each)))),
    }, library.days[n]))));
}

function editor(item) {
  const wrong = (...keys_) => keys_.flatMap((key) => findingsOf(item, key).map((each) => strip(each, `wrong-${key}-${item.key}`, (value) => { change(item, key, value); $(`#${key}-${item.key}`)?.focus(); })));
  const others = findingsOf(item).filter((each) => !FIGURES.some((key) => each.at.endsWith(`.${key}`)) && !each.at.endsWith(".note"));
  const isChanged = typeof item.entry === "object" && !isOwn(item) && FIGURES.some((key) => key in item.entry);
  return h("div.editor", { role: "group", "aria-label": word("dose_of", { name: nameOf(item) }) },
    h("div.row", {}, ["reps", "sets", "hold", "duration"].map((key) => doseField(item, key))), wrong("reps", "sets", "hold", "duration"),
    h("div.row", {}, doseField(item, "times_per_day"), dayButtons(item)), wrong("times_per_day", "days"), others.map((each) => strip(each, null, (value) => change(item, each.at.split(".")[2], value))),
    h("div.row.end", {},
      h("div.field.grow", {}, h("label", { for: `note-${item.key}` }, word("word_about_it")),
        h("input", { id: `note-${item.key}`, value: stated(item, "note") ?? "", autocomplete: "off", oninput: (event) => change(item, "note", event.target.value), onkeydown: (event) => { if (event.key === "Escape" || event.key === "Enter") close(item); } })),
      isChanged ? h("button.button", { onclick: () => act(word("change_what", { name: nameOf(item) }), () => { FIGURES.forEach((key) => write(item, key)); }) }, word("usual_dose")) : null,
      h("button.button", { onclick: () => close(item) }, word("done"))),
    wrong("note"));
}

function close(item) { open = 0; lastKind = ""; show(); $(`#dose-${item.key}`)?.focus(); }
function focusDose(key) { const field = $(`#reps-${key}`); field?.focus(); field?.select(); }

function move(item, to, focuses = true) {
  const from = plan.items.indexOf(item), place = Math.max(0, Math.min(plan.items.length - 1, to));
  if (from === place) { say(word(place ? "is_last" : "is_first")); return; }
  act(word("move_what", { name: nameOf(item) }), () => plan.items.splice(place, 0, plan.items.splice(from, 1)[0]));
  if (focuses) $(`#number-${item.key}`)?.focus();
  const among = isHeading(item) ? plan.items : exercises();
  say(word("moved", { name: nameOf(item), n: among.indexOf(item) + 1, of: among.length }));
}

function remove(item) {
  const at = plan.items.indexOf(item), name = nameOf(item);
  act(word("remove_what", { name }), () => { plan.items.splice(at, 1); gone = { at, name, item }; });
  $("#bring-back")?.focus();
  say(word("removed", { name }));
}

const goneRow = ({ at, name, item }) => h("li.gone", {}, h("span", {}, word("removed", { name })), h("button.button", { id: "bring-back", onclick: () => { act(word("add_what", { name }), () => plan.items.splice(at, 0, item)); $("#find").focus(); } }, word("bring_back")));

function card(item) {
  const view = views.get(item.key), name = nameOf(item), id = idOf(item);
  const unclear = findingsOf(item).some((each) => each.is_error);
  const at = plan.items.indexOf(item);
  const dose = unclear ? word("not_clear") : view?.dose || (view && !called() && isCurrent() ? word("dose_needs_side") : offered(id)?.dose) || "…";
  return h(isHeading(item) ? "li.card.section" : "li.card", { "data-key": item.key,
    ondragover: (event) => { event.preventDefault(); event.currentTarget.classList.add("over"); },
    ondragleave: (event) => event.currentTarget.classList.remove("over"),
    ondrop: (event) => { event.preventDefault(); const moved = plan.items.find((each) => String(each.key) === event.dataTransfer.getData("text/plain")); if (moved) move(moved, at, false); } },
  h("button.number", { id: `number-${item.key}`, draggable: "true", "aria-label": word("move_it", { n: signOf(item), name }), "aria-describedby": "move-hint",
    ondragstart: (event) => event.dataTransfer.setData("text/plain", String(item.key)),
    onclick: () => places(item),
    onkeydown: (event) => {
      const last = plan.items.length - 1, numbered = exercises()[Number(event.key) - 1];
      const to = { ArrowUp: at - 1, ArrowDown: at + 1, Home: 0, End: last }[event.key] ?? (/^[1-9]$/.test(event.key) ? (numbered ? plan.items.indexOf(numbered) : last) : null);
      if (to !== null && !event.ctrlKey) { event.preventDefault(); move(item, to); }
      if (event.key === "Delete") remove(item);
    } }, signOf(item)),
  isHeading(item) ? null : picture(id, pictured(item), view?.shows || word("picture_needs_side")),
  h("div.body", {}, h("div.naming", {}, h("h3", {}, name), h("span.chips", {}, (view?.chips ?? []).map((each) => chip(each.word, each.side, each.solid)))),
    isHeading(item) ? null : h("button.dose", { id: `dose-${item.key}`, "aria-expanded": open === item.key, onclick: () => { open = open === item.key ? 0 : item.key; show(); if (open) focusDose(open); } },
      dose.split(/(?<=\.)\s+/).map((each) => [h("span", {}, each), " "])),
    stated(item, "note") && open !== item.key ? h("p.remark", {}, stated(item, "note")) : null),
  open === item.key && !isHeading(item) ? editor(item) : null,
  h("button.remove", { id: `remove-${item.key}`, "aria-label": word("remove_what", { name }), onclick: () => remove(item) }, "✕"));
}

/** What the block of a card says. */
const signOf = (item) => (isHeading(item) ? "¶" : String(exercises().indexOf(item) + 1));

function places(item) {
  const at = plan.items.indexOf(item);
  dialog(word("move_it", { n: signOf(item), name: nameOf(item) }), h("div.stack", {}, plan.items.map((each, n) => h("button.button", {
    autofocus: n === at, onclick: () => { $("#dialog").close(); move(item, n); } }, `${signOf(each)} ${nameOf(each)}`))), leaving("leave_it"));
}

function showPlan() {
  const active = document.activeElement, inPlan = active?.closest("#items"), kept = inPlan ? [active.id, active.selectionStart, active.selectionEnd] : null;
  const n = exercises().length, rows = plan.items.map(card);
  if (gone) rows.splice(gone.at, 0, goneRow(gone));
  put($("#items"), rows);
  if (kept?.[0]) {
    const field = document.getElementById(kept[0]);
    field?.focus({ preventScroll: true });
    if (kept[1] !== null && kept[1] !== undefined) field?.setSelectionRange?.(kept[1], kept[2]);
  }
  $("#sum").textContent = !n ? "" : [count("exercises", n), isCurrent() && !faults().length ? answer.minutes : ""].filter(Boolean).join(", ");
  $("#tab-count").textContent = n;
  $("#tab-count").hidden = !n;
  $("#start").hidden = Boolean(plan.items.length) || plan.parts.some((each) => each.key === "phases");
  const said = (answer?.findings ?? []).filter((each) => !each.at.startsWith("items.") && !each.at.startsWith("sheet."));
  put($("#warnings"), plan.parts.some((each) => each.key === "phases") ? h("div.fault.soft", {}, word("has_phases")) : null,
    said.map((each) => strip(each, null, (value) => watch(value, [...watched().filter((sign) => !each.text.includes(`'${sign}'`)), value]))));
  const taken = (sign) => h("button.button", { "data-sign": sign, "aria-label": word("remove_what", { name: regionOf(sign) }), onclick: () => watch(sign, watched().filter((each) => each !== sign)) }, `${regionOf(sign)} ✕`);
  put($("#signs"), n && plan.safety !== "none" ? [word("signs"), watched().length ? watched().map(taken) : word("signs_general")] : []);
  for (const [id, list] of [["undo", past], ["redo", future]]) {
    const what = list.at(-1)?.[0], label = what ? `${word(id)}: ${what}` : word(id);
    $(`#${id}`).setAttribute("aria-disabled", !what);
    $(`#${id}`).setAttribute("aria-label", label);
    $(`#${id}`).title = label;
  }
}

const watched = () => texts([plan.safety]).filter((each) => each !== "none");
const watch = (changed, signs) => act(word("change_what", { name: regionOf(changed) }), () => { plan.safety = several(signs); });

/** Begins with a routine, or with that of its phases which is chosen; what was said before it is kept. */
async function beginWith({ id, name }, phase = "") {
  const begun = await ask(`/routine/${id}${phase}`);
  if (refused(id, begun)) return;
  if (begun.phases) {
    const begins = (n) => { $("#dialog").close(); beginWith({ id, name }, `?phase=${n}`); };
    return dialog(word("which_phase", { name }), h("div.stack", {}, begun.phases.map((each, n) => h("button.button", { "data-phase": n + 1, onclick: () => begins(n + 1) }, each))), leaving("leave_it"));
  }
  const { file, side, choice, from = {} } = plan, isTyped = plan.title && ![word("new_title"), from.title].includes(plan.title);
  const typed = texts([plan.restrictions]).filter((each) => ![from.restrictions].flat().includes(each));
  const kept = { file, side, choice, from: { title: begun.title, restrictions: begun.restrictions }, title: isTyped ? plan.title : begun.title, restrictions: several([begun.restrictions, typed]), sheet: { ...begun.sheet, ...plan.sheet } };
  replace(word("begin_with", { name }), { ...begun, ...kept });
  tab("plan");
  $("#plan").focus();
  say(count("exercises", plan.items.length));
}

function start() {
  put($("#start"), h("p", {}, word("nothing_yet")), h("ul", {}, library.routines.map((each) => h("li", {}, h("button", {
    "data-routine": each.id, onclick: () => beginWith(each) }, h("span", {}, h("b", {}, each.name), h("small", {}, each.summary)), h("small", {}, count("exercises", each.count)))))));
}

// ---- sheet ------------------------------------------------------------------------------------------------------

async function showPages() {
  const made = answer?.sheet, box = $("#pages");
  if (!made && (!plan.side || (!plan.items.length && !faults().length))) {
    shownKey = "";
    const tags = Object.entries(library.sides).filter(([side]) => side !== "both");
    put(box, h("div.blank", {}, plan.side ? [] : tags.map(([side, each]) => chip(`${each.word}?`, side, false)), h("h3", {}, word(plan.side ? "sheet_here" : "no_side_yet")), h("p", {}, plan.side ? word("sheet_soon") : word("press_side"))));
    return;
  }
  box.classList.toggle("old", !made || faults().length > 0);
  if (!made) return;
  const width = Math.min(2400, Math.round(box.clientWidth * (zoomed ? 1.6 : 1) * devicePixelRatio));
  if (!width || shownKey === `${made.key}-${width}`) return;
  shownKey = `${made.key}-${width}`;
  const mine = shownKey;
  const pages = made.pages.map((each, n) => h("img", { alt: word("page_of", { n: n + 1, of: made.pages.length }), width: Math.round(each.width), height: Math.round(each.height) }));
  const load = (n) => { pages[n].src = `/sheet/${made.key}/${n + 1}.bmp?w=${width}`; };
  // What is in view comes first: the rest is drawn when that is there.
  const figures = [...box.querySelectorAll("figure")];
  const { top: from, bottom: to } = box.closest(".column").getBoundingClientRect();
  const inView = (figure) => { const { top, bottom } = figure.getBoundingClientRect(); return top < Math.min(to, innerHeight) && bottom > from; };
  const first = pages.map((_, n) => n).filter((n) => (figures[n] ? inView(figures[n]) : !n));
  first.forEach(load);
  const came = await Promise.all(first.map((n) => pages[n].decode().then(() => true, () => false)));
  if (mine !== shownKey) return;
  // The sheets of another page may have taken its place: it is asked for anew, once.
  if (came.includes(false) && lost !== made.key) { lost = made.key; shownKey = ""; question(); return; }
  lost = "";
  pages.forEach((_, n) => { if (!first.includes(n)) load(n); });
  const at = box.scrollTop;
  put(box, pages.map((each, n) => h("figure", {}, h("button", { "aria-label": word("page_large", { n: n + 1, of: pages.length }), onclick: () => { zoomed = !zoomed; box.classList.toggle("large", zoomed); shownKey = ""; showPages(); } }, each), h("figcaption", {}, word("page_of", { n: n + 1, of: pages.length })))));
  box.scrollTop = at;
  document.dispatchEvent(new CustomEvent("sheet", { detail: { key: made.key, revision: answer.revision } }));
}

function showOut() {
  const why = obstacle(), made = sheet(), button = $("#print"), box = $("#why");
  button.className = `print ${why ? "" : shape(made.side)}`;
  button.textContent = word((!why && { left: "print_left", right: "print_right", "two-sides": "print_two" }[made.side]) || "print_sheet");
  for (const each of [button, $("#pdf")]) each.setAttribute("aria-disabled", Boolean(why));
  box.classList.toggle("stop", Boolean(why) && faults().length > 0);
  if (printed?.revision === revision) {
    put(box, h("span", {}, word("sent", { pages: count("pages", printed.pages) })), h("button.words", { id: "next-person", onclick: nextPerson }, word("next_person")));
  } else if (why) {
    put(box, h("span", {}, why[0]), faults().length ? h("button.words", { onclick: why[1] }, word("show_me")) : null);
  } else put(box, h("span", {}, [`${count("pages", made.pages.length)}, ${count("boxes", made.boxes)}.`, plan.sheet.name ? word("for_whom", { name: plan.sheet.name }) : ""].filter(Boolean).join(" ")));
}

/** Waits until the answer is about the plan as it stands. */
async function settled() {
  while (!isCurrent() && $("#stopped").hidden) await new Promise((done) => { setTimeout(done, 20); });
}

/** The finished sheet and where it is; nothing, and why, if it cannot be had. */
async function finished(isAgain = false) {
  await settled();
  const why = obstacle();
  if (why) { say(why[0]); why[1](); return null; }
  const made = { ...sheet(), revision, choices, name: String(plan.sheet.name ?? ""), at: `/sheet/${sheet().key}/exercises-${sheet().side}.pdf` };
  if ((await fetch(made.at, { method: "HEAD" }).catch(() => null))?.ok) return made;
  // The sheets of another page have taken its place.
  if (!isAgain) { question(); return finished(true); }
  say(word("stopped"));
  return null;
}

/** Does something with the finished sheet: on paper or in a file, its side is that person's. */
const withSheet = (does) => async () => {
  const made = await finished();
  if (!made) return;
  for (let n = 0; n <= made.choices; n += 1) whose[n] ??= made.name;
  lastKind = "";
  does(made);
  known();
};

const printSheet = withSheet((made) => {
  printed = { revision: made.revision, pages: made.pages.length };
  print(made.at);
  showOut();
  say(word("sent", { pages: count("pages", made.pages.length) }));
});

const savePdf = withSheet((made) => save(`${made.at}?save`, `exercises-${made.side}.pdf`));

async function savePlan() {
  await settled();
  // What the server has not seen cannot be saved, and what it has seen before is not what stands here.
  if (!isCurrent()) { say(word("stopped")); return; }
  const address = URL.createObjectURL(new Blob([answer.text], { type: "text/yaml" }));
  save(address, `${plan.file}.yaml`);
  setTimeout(() => URL.revokeObjectURL(address), 1000);
  known();
  say(word("saved"));
}

/** Says why a file cannot be opened, if it cannot. */
function refused(name, opened) {
  if (opened.findings) dialog(word("not_opened", { name }), opened.findings.map((each, n) => h("p", {}, opened.lines[n] ? `${word("line", { n: opened.lines[n] })} ${each.text}` : each.text)), leaving("done"));
  return Boolean(opened.findings);
}

async function openPlan(file) {
  const unread = (why) => ({ findings: [{ text: word(why) }], lines: [] });
  // Letters that are read wrongly would be saved so.
  const text = await file.arrayBuffer().then((data) => new TextDecoder("utf-8", { fatal: true }).decode(data)).catch(() => null);
  const opened = text === null ? unread("not_utf8") : await ask("/open", { name: file.name, text }).catch(() => unread($("#stopped").hidden ? "too_large" : "stopped"));
  if (refused(file.name, opened)) return;
  replace(word("open_plan"), opened);
  if (plan.side && plan.sheet.name) whose[plan.choice] = String(plan.sheet.name);
  known();
  say(word("opened", { name: file.name }));
}

async function nextPerson() {
  replace(word("new_plan"), await blank());
  known();
  tab("library");
  $("#sides").focus();
}

// ---- fields -----------------------------------------------------------------------------------------------------

const today = () => { const now = new Date(); return [now.getFullYear(), now.getMonth() + 1, now.getDate()].map((each) => String(each).padStart(2, "0")).join("-"); };
async function blank() { const found = await ask("/new", {}); return { ...found, sheet: { ...found.sheet, date: today() } }; }

function fields(all = false) {
  for (const each of document.querySelectorAll("[data-sheet]")) {
    if (!all && each === document.activeElement) continue;
    const key = each.dataset.sheet;
    const value = String(plan.sheet[key] ?? "") || (each.tagName === "SELECT" ? answer?.looks?.[key] ?? "" : "");
    if (each.tagName === "SELECT" && value && ![...each.options].some((one) => one.value === value)) each.append(h("option", { value }, value));
    if (each.value !== value) each.value = value;
  }
  if (all || document.activeElement !== $("#restrictions")) $("#restrictions").value = texts([plan.restrictions]).join("\n");
  if (all || document.activeElement !== $("#title")) $("#title").value = String(plan.title ?? "");
  const date = plan.sheet.date ? new Date(`${plan.sheet.date}T12:00`) : null;
  const day = date && !Number.isNaN(date.getTime()) ? date.toLocaleDateString(document.documentElement.lang, { day: "numeric", month: "long", year: "numeric" }) : word("no_date");
  put($("#more"), h("span.long", {}, word("more_about_line", { date: day })), h("span.short", {}, word("more_short")));
  const wrong = (answer?.findings ?? []).filter((each) => each.at.startsWith("sheet.") || each.at === "restrictions");
  put($("#sheet-faults"), wrong.map((each) => strip(each, `wrong-${each.at.split(".").pop()}`, (value) => set(each.at.split(".").pop(), value))));
  for (const each of document.querySelectorAll("[data-sheet]")) {
    const bad = wrong.some((one) => one.is_error && one.at === `sheet.${each.dataset.sheet}`);
    if (bad) { each.setAttribute("aria-invalid", "true"); each.setAttribute("aria-describedby", `wrong-${each.dataset.sheet}`); } else { each.removeAttribute("aria-invalid"); each.removeAttribute("aria-describedby"); }
  }
}

function set(key, value) {
  act(word("change_what", { name: key }), () => {
    plan.sheet = { ...plan.sheet, [key]: value };
    // The next patient is asked anew, whatever was undone or begun between.
    if (key === "name" && plan.side && value.trim() !== (whose[plan.choice] ?? value).trim()) { plan.side = ""; forget(); say(word("side_again")); }
  }, `sheet-${key}`);
}

function more(isOpen) {
  $("#more-box").hidden = !isOpen;
  $("#more").setAttribute("aria-expanded", isOpen);
  if (isOpen) $("#date").focus();
}

function wiring() {
  for (const each of document.querySelectorAll("[data-sheet]")) each.addEventListener(each.tagName === "SELECT" ? "change" : "input", () => set(each.dataset.sheet, each.value));
  $("#title").addEventListener("input", (event) => act(word("change_what", { name: word("heading") }), () => { plan.title = event.target.value; }, "title"));
  $("#restrictions").addEventListener("input", (event) => act(word("change_what", { name: word("restrictions") }), () => {
    plan.restrictions = several(event.target.value.split("\n"));
  }, "restrictions"));
  sideWords($("#side-word"), $("#note"), () => set("note", $("#note").value));
  $("#more").addEventListener("click", () => more($("#more-box").hidden));
  $("#more-done").addEventListener("click", () => { more(false); $("#more").focus(); });
  $("#more-box").addEventListener("keydown", (event) => { if (event.key === "Escape") { more(false); $("#more").focus(); } });
  const options = (id, those) => put($(`#${id}`), those.map(([value, label]) => h("option", { value }, label)));
  options("needs", [["", word("needs_anything")], ["-", word("needs_nothing")], ...[...new Set(library.exercises.flatMap((each) => each.needs))].sort().map((each) => [each, each])]);
  $("#needs").addEventListener("change", () => { current = -1; showLibrary(); });
  options("template", library.templates.map((each) => [each.id, worded("template", each.id)]));
  options("paper", library.papers.map((each) => [each, each.length > 2 ? each[0].toUpperCase() + each.slice(1) : each.toUpperCase()]));
  const names = new Intl.DisplayNames([document.documentElement.lang], { type: "region", style: "short" });
  options("language", library.languages.map((each) => [each, names.of(each.split("-")[1])]));
  for (const [id, does] of [["undo", undo], ["redo", redo], ["print", printSheet], ["pdf", savePdf], ["save", savePlan], ["new", nextPerson], ["open", () => $("#file").click()], ["own", writeOwn]]) $(`#${id}`).addEventListener("click", does);
  $("#file").addEventListener("change", async (event) => { const [file] = event.target.files; event.target.value = ""; if (file) await openPlan(file); });
  $("#theme").addEventListener("click", () => theme(document.documentElement.dataset.theme !== "dark"));
  $("#menu").addEventListener("click", () => { const on = $("#acts").classList.toggle("on"); $("#menu").setAttribute("aria-expanded", on); });
  for (const each of $("#tabs").children) each.addEventListener("click", () => tab(each.id.slice(4)));
  $("#tabs").addEventListener("keydown", (event) => {
    const tabs = [...$("#tabs").children], by = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (by) { const next = tabs[(tabs.indexOf(document.activeElement) + by + 3) % 3]; tab(next.id.slice(4)); next.focus(); }
  });
  document.addEventListener("keydown", (event) => {
    if (!(event.ctrlKey || event.metaKey) || event.altKey || $("#one").hidden || $("#dialog").open) return;
    const does = { p: printSheet, k: () => { tab("library"); $("#find").focus(); $("#find").select(); }, s: savePlan, y: redo, z: event.shiftKey ? redo : undo }[event.key.toLowerCase()];
    if (does) { event.preventDefault(); does(); }
  });
  addEventListener("beforeunload", (event) => { if (isDirty() || holds()) event.preventDefault(); });
  addEventListener("hashchange", route);
  let later;
  addEventListener("resize", () => { clearTimeout(later); later = setTimeout(showPages, 120); });
}

function tab(name) {
  document.body.dataset.tab = name;
  for (const each of $("#tabs").children) { const on = each.id === `tab-${name}`; each.setAttribute("aria-selected", on); each.tabIndex = on ? 0 : -1; }
  if (name === "sheet") showPages();
}

function theme(isDark) {
  document.documentElement.dataset.theme = isDark ? "dark" : "light";
  $("#theme").setAttribute("aria-pressed", isDark);
}

function route() {
  const isPeople = location.hash === "#people";
  if (!["", "#one", "#people"].includes(location.hash)) return;
  $("#one").hidden = isPeople;
  $("#people").hidden = !isPeople;
  document.body.classList.toggle("on-people", isPeople);
  for (const [id, here] of [["to-one", !isPeople], ["to-people", isPeople]]) { if (here) $(`#${id}`).setAttribute("aria-current", "page"); else $(`#${id}`).removeAttribute("aria-current"); }
  document.title = `${word(isPeople ? "people_title" : "one_title")} · pdfbuilder`;
  scrollTo(0, 0);
}

// ---- dialogs ----------------------------------------------------------------------------------------------------

function dialog(title, ...inside) {
  put($("#dialog"), h("h2", { id: "dialog-title" }, title), ...inside);
  $("#dialog").showModal();
}
const leaving = (label) => h("button.button", { onclick: () => $("#dialog").close() }, word(label));

/** Offers side words: the one that is chosen goes where the cursor stands in a field. */
function sideWords(select, field, written) {
  const those = word("side_nouns").split(",").flatMap((each) => [`{affected ${each.trim()}}`, `{other ${each.trim()}}`]);
  put(select, h("option", { value: "" }, word("side_word")), those.map((each) => h("option", {}, each)));
  select.addEventListener("change", () => {
    field.setRangeText(select.value, field.selectionStart, field.selectionEnd, "end");
    select.selectedIndex = 0;
    field.focus();
    written();
  });
}

function writeOwn() {
  // What was typed stands there as long as nobody has added it or left it.
  if (draft) { dialog(word("write_own"), draft); $("#own-name").focus(); return; }
  const shown = { left: h("ol"), right: h("ol") }, wrong = h("div", { role: "status" });
  const steps = h("textarea", { id: "own-steps", rows: 6 }), name = h("input", { id: "own-name", maxlength: 60, autocomplete: "off" }), times = h("input", { id: "own-reps", size: 5, value: "10", autocomplete: "off" });
  const rules = { affected: word("rule_affected"), other: word("rule_other"), each: word("rule_each"), alternate: word("rule_alternate"), bilateral: word("rule_bilateral") };
  const rule = h("select", { id: "own-rule" }, h("option", { value: "" }, word("rule_choose")), Object.entries(rules).map(([value, label]) => h("option", { value }, label)));
  const nouns = h("select", { id: "own-word", "aria-label": word("side_word") });
  const lines = () => steps.value.split("\n").map((each) => each.trim()).filter(Boolean);
  let asked = 0;
  const look = async () => {
    const mine = ++asked, answered = await ask("/words", { lines: lines() });
    // An answer may overtake another one.
    if (mine !== asked) return;
    for (const side of ["left", "right"]) put(shown[side], (answered.sides[side] ?? []).map((each) => h("li", {}, each.map(([text, which]) => (which ? h(which === "affected" ? "mark" : "b", {}, text) : text)))));
    put(wrong, answered.findings.map((each) => strip(each, null, () => {})));
  };
  steps.addEventListener("input", look);
  sideWords(nouns, steps, look);
  const field = (label, input) => h("div.field", {}, h("label", { for: input.id }, label), input);
  draft = [h("div.own-head", {}, field(word("own_name"), name), field(word("own_rule"), rule), field(word("reps"), times)),
    h("div.own-steps", {}, h("div", {}, field(word("own_steps"), steps), nouns), h("div", {}, h("h3", {}, word("left_sheet")), shown.left), h("div", {}, h("h3", {}, word("right_sheet")), shown.right)), wrong,
    h("p.ends", {}, h("button.button.main", { id: "own-add", onclick: () => {
      if (!name.value.trim() || !rule.value || !lines().length) { put(wrong, h("div.fault", {}, h("span", {}, word("own_lacks")))); (!name.value.trim() ? name : !rule.value ? rule : steps).focus(); return; }
      const item = { key: ++keys, entry: { name: name.value.trim(), side: rule.value, reps: /^\d+$/.test(times.value.trim()) ? Number(times.value) : times.value.trim(), instructions: lines() }, text: "" };
      draft = null;
      $("#dialog").close();
      act(word("add_what", { name: item.entry.name }), () => plan.items.push(item));
      tab("plan");
      $(`#number-${item.key}`)?.focus();
    } }, word("add_to_plan")), h("button.button", { onclick: () => { draft = null; $("#dialog").close(); } }, word("leave_it")))];
  dialog(word("write_own"), draft);
  name.focus();
}

// ---- all of it --------------------------------------------------------------------------------------------------

function show() {
  showSide();
  showLibrary();
  showPlan();
  fields();
  showOut();
  showPages();
}

async function begin() {
  theme(matchMedia("(prefers-color-scheme: dark)").matches);
  const [there, empty] = await Promise.all([ask("/library"), blank()]);
  library = there;
  speak(there.words);
  plan = keyed(empty);
  known();
  // Files of one's own that cannot be read stand over the list, each with its reason.
  if (library.unread.length) put($("#unread"), h("details", {}, h("summary", {}, count("unread", library.unread.length)), library.unread.map((each) => h("p", {}, each))));
  for (const each of [sides, filters, search, start, wiring, route]) each();
  fields(true);
  show();
  beginPeople(library);
  question();
  if (location.hash !== "#people") $("#sides").focus({ preventScroll: true });
  const alive = new EventSource("/alive");
  alive.addEventListener("error", () => { $("#stopped").hidden = false; });
  alive.addEventListener("open", () => { $("#stopped").hidden = true; });
  document.body.dataset.ready = "yes";
}

begin();
