/* Keeps the page of work on many things up to date while it runs: asks for it again and puts the part that changes in
   place. A line that fails now and then only waits longer. */

const SECONDS = [1, 2, 2, 3, 3, 5];

function standing() {
  return document.querySelector("[data-progress]");
}

async function look(turn) {
  let next = null;
  try {
    const reply = await fetch(location.href, { headers: { Accept: "text/html" } });
    if (reply.ok && !reply.redirected) {
      const page = new DOMParser().parseFromString(await reply.text(), "text/html");
      next = page.querySelector("[data-progress]");
    }
  } catch {
    next = null; // the line is down: the next turn asks again
  }
  if (next && !standing().contains(document.activeElement)) {
    standing().replaceWith(document.importNode(next, true));
  } else if (next) {
    update(next);
  }
  if (standing().dataset.progress === "running") {
    wait(turn + 1);
  }
}

/* Somebody stands on a button: it is not taken from under them, only the words and the bar move. */
function update(next) {
  const [bar, sentence] = ["progress", "p"].map((name) => [standing().querySelector(name), next.querySelector(name)]);
  if (bar[0] && bar[1]) {
    bar[0].value = bar[1].value;
  }
  if (sentence[1]) {
    sentence[0].replaceWith(document.importNode(sentence[1], true));
  }
  if (next.dataset.progress !== "running") {
    standing().replaceWith(document.importNode(next, true));
  }
}

function wait(turn) {
  setTimeout(look, SECONDS[Math.min(turn, SECONDS.length - 1)] * 1000, turn);
}

wait(0);
