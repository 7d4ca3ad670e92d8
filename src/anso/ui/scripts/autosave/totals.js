/* Totals of a table while it is typed: <output data-total="question:column" data-digits="2"> adds up the cells of that
   column, exactly and in whole millionths; with data-by and data-of those of the rows in which that stands there. Cells
   that cannot be read, and amounts whose row names (data-named) another currency than data-base, make it a dash until
   the server has counted. */

const PLACES = 6;
const ZEROS = [0x30, 0x660, 0x6f0, 0x966, 0x9e6, 0xff10]; // where the digits of a script begin
const NUMBER = /^([+-]?)(\d{1,15})(?:\.(\d{1,6}))?$/;

function inLatinDigits(sign) {
  const zero = ZEROS.find((first) => sign.codePointAt(0) >= first && sign.codePointAt(0) < first + 10);
  return zero === undefined ? sign : String(sign.codePointAt(0) - zero);
}

function inMillionths(typed) {
  const plain = typed.replace(/[\s\u066c]/g, "").replace("\u066b", ".").replace("\u2212", "-");
  const found = NUMBER.exec(Array.from(plain, inLatinDigits).join(""));
  return found && BigInt(found[1] + found[2] + (found[3] || "").padEnd(PLACES, "0"));
}

function spelled(sum, digits) {
  const sign = sum < 0n ? "-" : "";
  const all = String(sum < 0n ? -sum : sum).padStart(PLACES + 1, "0");
  const whole = all.slice(0, -PLACES);
  const rest = all.slice(-PLACES).replace(/0+$/, "");
  const shown = digits === "" ? whole : whole.replace(/\B(?=(\d{3})+$)/g, ",");
  const places = digits === "" ? rest : rest.padEnd(Number(digits), "0");
  return sign + shown + (places && `.${places}`);
}

const cell = (row, name) => row.querySelector(`[name$=":${name}"]`)?.value.trim() || "";

export function addUp(form) {
  for (const output of form.querySelectorAll("[data-total]")) {
    const { total, by, of, named, base, digits } = output.dataset;
    const [key, column] = total.split(":");
    const rows = Array.from(form.querySelectorAll(`[data-rows="${key}"] > *`));
    const amounts = rows
      .filter((row) => cell(row, column) && (!by || cell(row, by) === of))
      .map((row) => (["", base].includes(cell(row, named)) ? inMillionths(cell(row, column)) : null));
    const sum = amounts.reduce((whole, amount) => whole + (amount ?? 0n), 0n);
    output.textContent = amounts.includes(null) ? "–" : spelled(sum, digits);
  }
}
