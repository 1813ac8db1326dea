// From one guess to the next: words, and names of speakers, that the engine was unsure of.

const guesses = [...document.querySelectorAll(".unsure")];
let guess = -1;

/** Go to the next guess (or the one before), around the ends. */
function goToGuess(steps, focus) {
  if (!guesses.length) return;
  guess = guess < 0 && steps < 0 ? guesses.length - 1 : (guess + steps + guesses.length) % guesses.length;
  const found = guesses[guess];
  const turn = turnOf(found);
  const isWord = numberOf.has(found);
  moveCursor(numberOf.get(isWord ? found : wordsIn(turn)[0]), { focus, block: "center" });
  document.querySelector(".sought")?.classList.remove("sought");
  found.classList.add("sought");
  const sentence = isWord ? texts.unsureWord : texts.unsureSpeaker;
  const place = fill(sentence, { number: guess + 1, total: guesses.length });
  const language = isWord ? turn.querySelector(".say").lang : "";
  say(`${place} · ${timeIn(turn)}`, spokenText(found), language);
}

function startGuesses() {
  const button = byId("unsure");
  button.hidden = !guesses.length;
  button.textContent += ` (${guesses.length})`;
  // The button keeps the focus, so that it can be pressed again.
  button.addEventListener("click", () => goToGuess(1, false));
}
