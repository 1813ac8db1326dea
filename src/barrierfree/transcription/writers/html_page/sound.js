// The recording: the file beside the page, or any copy that the reader chooses.

const sound = byId("sound");
const STEP = 5; // Seconds that one press goes back or forward.

const hasSound = () => !byId("transport").hidden;

/** Play from a time in seconds; without a recording, say how to get one. */
function playFrom(seconds) {
  if (!hasSound()) {
    say(texts.noSound);
    return;
  }
  leftAlone = 0;
  sound.currentTime = seconds;
  markTime(seconds);
  sound.play().catch(() => {}); // A reason not to play arrives as an event too.
}

function playOrPause() {
  if (!hasSound()) say(texts.noSound);
  else if (sound.paused) sound.play().catch(() => {});
  else sound.pause();
}

function jump(seconds) {
  if (!hasSound()) say(texts.noSound);
  else sound.currentTime = Math.max(0, sound.currentTime + seconds);
}

function followSound() {
  markTime(sound.currentTime);
  if (!sound.paused && !sound.ended) requestAnimationFrame(followSound);
}

function askForRecording(why) {
  byId("transport").hidden = true;
  sound.hidden = true;
  byId("why").textContent = why;
  byId("chooser").hidden = false;
}

function take(file) {
  if (sound.src.startsWith("blob:")) URL.revokeObjectURL(sound.src);
  sound.src = URL.createObjectURL(file);
  byId("why").textContent = "";
  sound.hidden = false;
  byId("transport").hidden = false;
}

function startSound() {
  const labelPlay = () => {
    byId("play").textContent = sound.paused ? texts.play : texts.pause;
  };
  sound.addEventListener("play", () => {
    labelPlay();
    requestAnimationFrame(followSound);
  });
  sound.addEventListener("pause", labelPlay);
  for (const name of ["seeking", "seeked", "timeupdate"]) {
    sound.addEventListener(name, () => sound.readyState && markTime(sound.currentTime));
  }
  sound.addEventListener("error", () => {
    const chosen = sound.src.startsWith("blob:");
    askForRecording(chosen ? texts.cannotPlay : texts.notFound);
    if (chosen) say(texts.cannotPlay);
  });
  sound.addEventListener("loadedmetadata", () => {
    sound.playbackRate = Number(byId("speed").value);
    if (sound.src.startsWith("blob:")) say(texts.ready);
  });
  byId("file").addEventListener("change", (event) => event.target.files[0] && take(event.target.files[0]));
  byId("play").addEventListener("click", playOrPause);
  byId("back").addEventListener("click", () => jump(-STEP));
  byId("forward").addEventListener("click", () => jump(STEP));
  byId("speed").addEventListener("change", (event) => {
    sound.playbackRate = Number(event.target.value);
  });
  // The file may have failed before this script ran.
  if (!sound.hasAttribute("src")) askForRecording("");
  else if (sound.error) askForRecording(texts.notFound);
  else byId("transport").hidden = false;
}
