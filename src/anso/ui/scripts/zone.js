/* Tells the server in which zone this browser lives, by a cookie that middleware reads, and fills in "your time" on the
   first page, which could not know it yet: the <time> elements inside [data-reader-time]. */

const YEAR = 31_536_000;

function ownZone() {
  try {
    return Intl.DateTimeFormat().resolvedOptions().timeZone || "";
  } catch {
    return ""; // a browser without Intl: the page names the zone of the call
  }
}

function knownZone() {
  const found = /(?:^|; )zone=([^;]*)/.exec(document.cookie);
  return found ? decodeURIComponent(found[1]) : "";
}

function keepZone(zone) {
  const secure = location.protocol === "https:" ? "; secure" : "";
  document.cookie = `zone=${encodeURIComponent(zone)}; path=/; max-age=${YEAR}; samesite=lax${secure}`;
}

/* Written as the server writes it: day first, month by name, city of the zone. */
function tellIn(zone) {
  const language = document.documentElement.lang || "en";
  const form = new Intl.DateTimeFormat(language === "en" ? "en-GB" : language, {
    dateStyle: "long",
    timeStyle: "short",
    hourCycle: "h23",
  });
  const city = zone.split("/").pop().replace(/_/g, " ");
  for (const time of document.querySelectorAll("[data-reader-time] time")) {
    time.textContent = `${form.format(new Date(time.dateTime)).replace(" at ", ", ")} (${city})`;
  }
}

const zone = ownZone();
if (zone && zone !== knownZone()) {
  keepZone(zone);
  tellIn(zone);
}
