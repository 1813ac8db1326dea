// Keys, clicks and settings; then everything begins.

const SIZES = [100, 115, 130, 150, 175, 200]; // Per cent.
const settings = { single: true, follow: true, size: 0 };

/** Settings are kept where the browser allows it; a page from a folder may not. */
function loadSettings() {
  try {
    Object.assign(settings, JSON.parse(localStorage.getItem("barrierfree-page")));
  } catch {
    // As if nothing had been set.
  }
}

function saveSettings() {
  try {
    localStorage.setItem("barrierfree-page", JSON.stringify(settings));
  } catch {
    // They hold until the page is closed.
  }
}

function startSettings() {
  loadSettings();
  for (const name of ["single", "follow"]) {
    const box = byId(name);
    box.checked = Boolean(settings[name]);
    box.addEventListener("change", () => {
      settings[name] = box.checked;
      saveSettings();
    });
  }
  const resize = (steps) => {
    settings.size = Math.min(SIZES.length - 1, Math.max(0, (Number(settings.size) || 0) + steps));
    document.documentElement.style.fontSize = `${SIZES[settings.size]}%`;
  };
  resize(0);
  for (const [name, steps] of [["larger", 1], ["smaller", -1]]) {
    byId(name).addEventListener("click", () => {
      resize(steps);
      saveSettings();
      say(fill(texts.textSize, { percent: SIZES[settings.size] }));
    });
  }
}

/** What a single key does (WCAG 2.1.4: only while that is switched on); false for any other key. */
function singleKey(event) {
  switch (event.key.toLowerCase()) {
    case " ":
    case "k":
      playOrPause();
      return true;
    case "j":
      jump(-STEP);
      return true;
    case "l":
      jump(STEP);
      return true;
    case "n":
      goToGuess(event.shiftKey ? -1 : 1, true);
      return true;
    case "/":
      byId("query").focus();
      byId("query").select();
      return true;
    default:
      return false;
  }
}

/** What a key does on a word of the transcript; false for any other key. */
function wordKey(event) {
  const number = numberOf.get(event.target);
  if (number === undefined || event.shiftKey) return false;
  if (event.key === "Enter") {
    playFrom(times[number][0]);
    return true;
  }
  const goal = target(event.key, number);
  if (goal === undefined) return false;
  moveCursor(Math.min(words.length - 1, Math.max(0, goal)), { focus: true });
  return true;
}

function pressed(event) {
  if (event.defaultPrevented || event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
  const typing = event.target.closest?.("input:not([type=checkbox]), select, textarea, audio");
  const control = event.target.closest?.("button, summary, a, input");
  if (event.key === "Escape" && byId("query").value) {
    event.preventDefault();
    clearSearch();
  } else if (wordKey(event)) event.preventDefault();
  // A button keeps its own space bar.
  else if (settings.single && !typing && !(control && event.key === " ") && singleKey(event)) event.preventDefault();
}

function clicked(event) {
  const word = event.target.closest?.("[data-t]");
  if (!numberOf.has(word) || !getSelection().isCollapsed) return;
  moveCursor(numberOf.get(word), { focus: true, block: "" });
  playFrom(times[cursor][0]);
}

/** Times become buttons. Without this script they are plain text, which does not promise anything. */
function makeTimesButtons() {
  for (const time of document.querySelectorAll(".turn .time")) {
    const [first] = wordsIn(turnOf(time));
    time.dataset.clock = time.textContent;
    if (!first) continue;
    const button = document.createElement("button");
    button.type = "button";
    button.className = "time";
    button.tabIndex = -1; // The transcript is one stop of the Tab key.
    button.dataset.clock = time.textContent;
    button.textContent = time.textContent;
    button.setAttribute("aria-label", fill(texts.playFrom, { time: time.textContent }));
    button.addEventListener("click", () => {
      moveCursor(numberOf.get(first), { block: "" });
      playFrom(times[cursor][0]);
    });
    time.replaceWith(button);
  }
}

/** Whoever follows a link to a chapter continues from there with the arrow keys as well. */
function arrived() {
  const heading = document.getElementById(location.hash.slice(1));
  const first = heading?.matches("h3") && heading.nextElementSibling?.querySelector(".say [data-t]");
  if (first) moveCursor(numberOf.get(first), { block: "" });
}

makeTimesButtons();
startSettings();
startSound();
startSearch();
startGuesses();
for (const id of ["settings", "bar", "hint"]) byId(id).hidden = false;
moveCursor(0, { block: "" });
arrived();
// On the document: a listener on the transcript would make screen readers call every line clickable.
document.addEventListener("keydown", pressed);
document.addEventListener("click", clicked);
addEventListener("hashchange", arrived);
for (const name of ["wheel", "touchmove"]) addEventListener(name, leaveAlone, { passive: true });
addEventListener("resize", settleBar);
const barChanges = new ResizeObserver(settleBar);
for (const id of ["bar", "tools"]) barChanges.observe(byId(id));
