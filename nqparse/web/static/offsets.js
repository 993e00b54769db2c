// Offsets: Python counts code points, the browser counts UTF-16 units. Only here is one made of the other.

export class Offsets {
  constructor(text) {
    this.astral = []; // the code point offsets of characters that take two units
    let at = 0;
    for (const character of text) {
      if (character.length > 1) this.astral.push(at);
      at += 1;
    }
    this.length = at;
  }

  toUnits(point) {
    return point + this.before(point, (index) => this.astral[index]);
  }

  toPoints(unit) {
    return unit - this.before(unit, (index) => this.astral[index] + index);
  }

  before(limit, place) { // how many of those characters begin before a place
    let low = 0, high = this.astral.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (place(middle) < limit) low = middle + 1; else high = middle;
    }
    return low;
  }
}
