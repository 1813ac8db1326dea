// Search across words: letters and digits count, while capitals, accents, full width, punctuation and the
// spaces that Chinese does not have do not. Every match is underlined; the words of the one
// at hand have lines above and below.

const NEAR = 500; // Matches that are marked before and after the one at hand; all are counted.
const MEANT = /[\p{L}\p{M}\p{N}\p{S}]/u;
const UNSPACED = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u;

let index; // One entry per paragraph, made when first searched.
let matches = []; // [entry, from, to]: a piece of the entry's folded text.
let match = -1;

/** Text reduced to what is compared, and where each of its characters stood in the original. */
function fold(text) {
  let folded = "";
  const from = [];
  const to = [];
  let gap = false;
  let last = "";
  let place = 0;
  for (const character of text) {
    const next = place + character.length;
    // NFKC would keep accents; what NFKD splits off is dropped if it is one.
    const plain = character.normalize("NFKD").replace(/[\u0300-\u036f]/g, "").toLowerCase();
    if (!MEANT.test(character)) gap = true;
    else if (plain) {
      if (gap && folded && !UNSPACED.test(last) && !UNSPACED.test(plain)) {
        folded += " ";
        from.push(place);
        to.push(place);
      }
      gap = false;
      last = plain;
      folded += plain;
      for (let unit = 0; unit < plain.length; unit += 1) {
        from.push(place);
        to.push(next);
      }
    }
    place = next;
  }
  return { folded, from, to };
}

function buildIndex() {
  index = [...document.querySelectorAll(".say")].map((say) => ({ say, ...fold(spokenText(say)) }));
}

function find(query) {
  const wanted = fold(query).folded;
  matches = [];
  match = -1;
  if (wanted) {
    if (!index) buildIndex();
    for (const entry of index) {
      let at = entry.folded.indexOf(wanted);
      while (at >= 0) {
        matches.push([entry, at, at + wanted.length]);
        at = entry.folded.indexOf(wanted, at + wanted.length);
      }
    }
  }
  markMatches();
  if (!query.trim()) say("");
  else say(matches.length ? fill(texts.matches, { total: matches.length }) : texts.noMatch);
}

/** The piece of the page that a match covers. */
function rangeOf([entry, from, to]) {
  const range = document.createRange();
  let start = entry.from[from];
  let end = entry.to[to - 1];
  for (const node of textNodes(entry.say)) {
    if (start >= 0 && start < node.length) range.setStart(node, start);
    if (end > 0 && end <= node.length) range.setEnd(node, end);
    start -= node.length;
    end -= node.length;
  }
  return range;
}

const wordsOf = (range, entry) => wordsIn(turnOf(entry.say)).filter((word) => range.intersectsNode(word));

function markMatches() {
  for (const marked of document.querySelectorAll(".match, .found")) marked.classList.remove("match", "found");
  const first = Math.max(0, match - NEAR);
  const near = matches.slice(first, match + NEAR + 1);
  const ranges = near.map(rangeOf);
  const current = ranges[match - first];
  // Ranges of characters where the browser can mark them, and else whole words.
  if (CSS.highlights) {
    CSS.highlights.set("match", new Highlight(...ranges));
    CSS.highlights.set("found", new Highlight(...(current ? [current] : [])));
    CSS.highlights.get("found").priority = 1;
  } else {
    near.forEach(([entry], at) => wordsOf(ranges[at], entry).forEach((word) => word.classList.add("match")));
  }
  if (!current) return [];
  const held = wordsOf(current, matches[match][0]);
  held.forEach((word) => word.classList.add("found"));
  return held;
}

/** Go some matches on (or back), around the ends, without taking the focus from where it is. */
function goToMatch(steps) {
  if (!matches.length) {
    say(byId("query").value.trim() ? texts.noMatch : "");
    return;
  }
  match = match < 0 && steps < 0 ? matches.length - 1 : (match + steps + matches.length) % matches.length;
  const [word] = markMatches();
  moveCursor(numberOf.get(word), { block: "center" });
  byId("play-match").hidden = !hasSound();
  const [entry, from, to] = matches[match];
  const text = spokenText(entry.say);
  const begin = Math.max(0, entry.from[from] - 12);
  const end = Math.min(text.length, entry.to[to - 1] + 24);
  const around = `${begin ? "…" : ""}${text.slice(begin, end).trim()}${end < text.length ? "…" : ""}`;
  const place = fill(texts.match, { number: match + 1, total: matches.length });
  say(`${place} · ${timeIn(turnOf(word))}`, around, entry.say.lang);
}

function clearSearch() {
  byId("query").value = byId("query").dataset.sought = "";
  byId("play-match").hidden = true;
  find("");
}

function startSearch() {
  let waiting;
  const query = byId("query");
  const settled = () => {
    clearTimeout(waiting);
    if (query.value !== query.dataset.sought) {
      query.dataset.sought = query.value;
      byId("play-match").hidden = true;
      find(query.value);
    }
  };
  query.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(settled, 300); // A count after every letter would talk over the typing.
  });
  query.addEventListener("keydown", (event) => {
    // While Chinese is being composed, Enter and Escape belong to the input method.
    if (event.isComposing || event.keyCode === 229) return;
    if (event.key === "Enter" && event.shiftKey) {
      event.preventDefault();
      settled();
      goToMatch(-1);
    }
  });
  byId("search").addEventListener("submit", (event) => {
    event.preventDefault();
    settled();
    goToMatch(1);
  });
  byId("previous").addEventListener("click", () => {
    settled();
    goToMatch(-1);
  });
  byId("play-match").addEventListener("click", () => playFrom(times[cursor][0]));
}
