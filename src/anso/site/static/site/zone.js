// Tells the server in which zone this browser lives, and fills in "your time" on the page that could not know it yet.
(function () {
  "use strict";
  var zone = "";
  try { zone = Intl.DateTimeFormat().resolvedOptions().timeZone || ""; } catch (e) { return; }
  var known = /(?:^|; )zone=([^;]*)/.exec(document.cookie);
  if (!zone || (known && decodeURIComponent(known[1]) === zone)) { return; }
  document.cookie = "zone=" + encodeURIComponent(zone) + "; path=/; max-age=31536000; samesite=lax" + (location.protocol === "https:" ? "; secure" : "");
  var city = zone.split("/").pop().replace(/_/g, " ");
  var form = new Intl.DateTimeFormat((document.documentElement.lang || "en").replace(/^en$/, "en-GB"), { dateStyle: "long", timeStyle: "short", hourCycle: "h23" });
  document.querySelectorAll("[data-reader-time] time").forEach(function (time) {
    time.textContent = form.format(new Date(time.dateTime)).replace(" at ", ", ") + " (" + city + ")";
  });
})();
