/** Things that will happen, the earliest first. */
export class EventHeap<Thing> {
  private readonly times: number[] = [];
  private readonly things: Thing[] = [];

  /** When the next thing happens; Infinity when nothing does. */
  get nextAt(): number {
    return this.times[0] ?? Infinity;
  }

  push(at: number, thing: Thing): void {
    let place = this.times.length;
    this.times.push(at);
    this.things.push(thing);
    while (place > 0) {
      const parent = (place - 1) >> 1;
      if ((this.times[parent] as number) <= at) {
        break;
      }
      this.move(parent, place);
      place = parent;
    }
    this.put(place, at, thing);
  }

  /** Takes the next thing out. There must be one. */
  pop(): Thing {
    const first = this.things[0] as Thing;
    const at = this.times.pop() as number;
    const thing = this.things.pop() as Thing;
    if (this.times.length > 0) {
      this.sink(at, thing);
    }
    return first;
  }

  private sink(at: number, thing: Thing): void {
    const size = this.times.length;
    let place = 0;
    for (let child = 1; child < size; child = 2 * place + 1) {
      const other = child + 1;
      const least = other < size && (this.times[other] as number) < (this.times[child] as number) ? other : child;
      if ((this.times[least] as number) >= at) {
        break;
      }
      this.move(least, place);
      place = least;
    }
    this.put(place, at, thing);
  }

  private move(from: number, to: number): void {
    this.put(to, this.times[from] as number, this.things[from] as Thing);
  }

  private put(place: number, at: number, thing: Thing): void {
    this.times[place] = at;
    this.things[place] = thing;
  }
}
