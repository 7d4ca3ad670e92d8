/* Which rows of a table are chosen: the boxes are the truth, this keeps rows, the box of all and the bulk bar in step
   with them. */

export class Selection {
  constructor(table) {
    this.rows = [...table.tBodies[0].rows];
    this.master = table.querySelector("[data-select-all]");
    this.count = table.closest("form")?.querySelector("[data-bulk-count]");
    this.restingWords = this.count?.textContent ?? "";
    this.last = null; // where shift extends from
    // One stop for the tab key; the arrows move it.
    this.rows.forEach((row, place) => {
      row.tabIndex = place ? -1 : 0;
    });
  }

  boxOf(row) {
    return row.querySelector("td.pick input[type=checkbox]");
  }

  choose(row, isOn, isExtended) {
    const to = this.rows.indexOf(row);
    const from = isExtended && this.last ? this.rows.indexOf(this.last) : to;
    this.tick(this.rows.slice(Math.min(from, to), Math.max(from, to) + 1), isOn);
    this.last = row;
  }

  toggle(row, isExtended) {
    const box = this.boxOf(row);
    if (box) this.choose(row, !box.checked, isExtended);
  }

  chooseEvery(isOn) {
    this.tick(this.rows, isOn);
  }

  tick(rows, isOn) {
    for (const row of rows) {
      const box = this.boxOf(row);
      if (box) box.checked = isOn;
    }
    this.refresh();
  }

  move(row, step, isExtended) {
    const place = this.rows.indexOf(row) + step;
    const next = this.rows[Math.max(0, Math.min(this.rows.length - 1, place))];
    row.tabIndex = -1;
    next.tabIndex = 0;
    next.focus();
    if (isExtended) this.choose(next, true, true);
  }

  refresh() {
    const boxes = this.rows.map((row) => this.boxOf(row)).filter(Boolean);
    const chosen = boxes.filter((box) => box.checked).length;
    for (const box of boxes) box.closest("tr").classList.toggle("is-on", box.checked);
    if (this.master) {
      this.master.checked = chosen > 0 && chosen === boxes.length;
      this.master.indeterminate = chosen > 0 && chosen < boxes.length;
    }
    if (this.count) this.count.textContent = this.words(chosen);
  }

  words(chosen) {
    if (!chosen) return this.restingWords;
    return chosen === 1 ? this.count.dataset.one : this.count.dataset.many.replace("#", chosen);
  }
}
