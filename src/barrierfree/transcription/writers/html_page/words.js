// The words and their times, and the two marks that move through them: the word that sounds now, and the
// cursor, which is the one word that the Tab key reaches.

const byId = (id) => document.getElementById(id);
const texts = JSON.parse(byId("texts").textContent);
const words = [...document.querySelectorAll(".say [data-t]")];
const numberOf = new Map(words.map((word, number) => [word, number]));
const times = words.map((word) => word.dataset.t.split(",").map(Number));
// Speakers who interrupt each other: the order of the text is not always the order in time.
const inTime = [...words.keys()].sort((a, b) => times[a][0] - times[b][0] || a - b);
const HELD = 1; // Seconds for which a word stays marked in the silence after it: flicker is tiring.

let cursor = -1;
let now = -1;
let leftAlone = 0; // Until then the page does not scroll by itself: the reader has just moved it.

/** Fill the places in a sentence: fill("{number} of {total}", {number: 3, total: 17}). */
function fill(sentence, values) {
  return sentence.replace(/\{(\w+)\}/g, (_place, name) => values[name]);
}

/** Show a message, which a screen reader speaks, with words from the transcript in their own language. */
function say(message, quotation = "", language = "") {
  const status = byId("status");
  status.textContent = message;
  if (quotation) {
    const quote = document.createElement("span");
    quote.textContent = quotation;
    quote.lang = language;
    status.append(" ", quote);
  }
}

const turnOf = (element) => element.closest(".turn");
const wordsIn = (turn) => [...turn.querySelectorAll(".say [data-t]")];
const timeIn = (turn) => turn.querySelector(".time").dataset.clock;

/** The text of an element as it was said, without the marks of doubt. */
function spokenText(element) {
  return textNodes(element).map((node) => node.data).join("");
}

function textNodes(element) {
  const accept = (node) => (node.parentElement.closest(".guess") ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_ACCEPT);
  const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT, accept);
  const found = [];
  while (walker.nextNode()) found.push(walker.currentNode);
  return found;
}

/** The number of the word that sounds at a time; -1 before the first word and in silence. */
function wordAt(seconds) {
  let low = 0;
  let high = inTime.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (times[inTime[middle]][0] <= seconds) low = middle + 1;
    else high = middle;
  }
  const found = low ? inTime[low - 1] : -1;
  return found >= 0 && seconds < times[found][1] + HELD ? found : -1;
}

/** Mark the word that sounds at this time, and keep it in sight if the reader wants that. */
function markTime(seconds) {
  const found = wordAt(seconds);
  if (found === now) return;
  const [before, after] = [words[now], words[found]];
  before?.classList.remove("now");
  after?.classList.add("now");
  if (!before || !after || turnOf(before) !== turnOf(after)) {
    if (before) turnOf(before).classList.remove("here");
    if (after) turnOf(after).classList.add("here");
  }
  now = found;
  if (after && byId("follow").checked && performance.now() > leftAlone) follow(after);
}

function follow(word) {
  const place = word.getBoundingClientRect();
  const top = barHeight();
  const seen = innerHeight - top;
  if (place.top >= top && place.bottom <= top + seen * 0.85) return;
  const far = Math.abs(place.top - top) > 1.5 * seen;
  const calm = far || matchMedia("(prefers-reduced-motion: reduce)").matches;
  scrollTo({ top: scrollY + place.top - top - seen * 0.2, behavior: calm ? "instant" : "smooth" });
}

/** The part of the bar that may stay in sight: all of it, or on a narrow screen the player. */
const bar = () => byId(getComputedStyle(byId("bar")).display === "contents" ? "tools" : "bar");

/** The pixels that the bar covers at the top while the page scrolls beneath it. */
const barHeight = () => (document.body.classList.contains("roomy") ? bar().offsetHeight : 0);

/** Keep the bar in sight only while it leaves two thirds of the window to the text. */
function settleBar() {
  document.body.classList.toggle("roomy", bar().offsetHeight < innerHeight / 3);
  document.documentElement.style.scrollPaddingBlockStart = `${barHeight() + 12}px`;
}

/** The reader has moved the page by hand: leave it there for a while. */
function leaveAlone() {
  leftAlone = performance.now() + 8000;
}

/** Move the cursor to a word; the focus goes along only if asked for. */
function moveCursor(number, { focus = false, block = "nearest" } = {}) {
  const word = words[number];
  if (!word) return;
  words[cursor]?.removeAttribute("tabindex");
  word.tabIndex = 0;
  cursor = number;
  if (focus) word.focus({ preventScroll: true });
  if (block) {
    leaveAlone();
    word.scrollIntoView({ block, behavior: "instant" });
  }
}

/** Where a key leads from a word; undefined for any other key. */
function target(key, number) {
  const turn = turnOf(words[number]);
  const inside = wordsIn(turn);
  const rightToLeft = getComputedStyle(inside[0]).direction === "rtl";
  switch (key) {
    case rightToLeft ? "ArrowRight" : "ArrowLeft":
      return number - 1;
    case rightToLeft ? "ArrowLeft" : "ArrowRight":
      return number + 1;
    case "ArrowUp": {
      // The first press goes to the beginning of the paragraph, as in any text.
      const first = numberOf.get(inside[0]);
      return first < number || !first ? first : numberOf.get(wordsIn(turnOf(words[first - 1]))[0]);
    }
    case "ArrowDown":
      return numberOf.get(inside[inside.length - 1]) + 1;
    case "Home":
      return numberOf.get(inside[0]);
    case "End":
      return numberOf.get(inside[inside.length - 1]);
    default:
      return undefined;
  }
}
