/**
 * Hands events to a listener one after another, in order, also where the
 * listener itself causes further events: those wait their turn. What a listener
 * throws reaches whoever caused the event, once all events are told.
 */
export function createEventQueue<Event>(listener: (event: Event) => void): (events: readonly Event[]) => void {
  const waiting: Event[] = [];
  let telling = false;
  return (events) => {
    waiting.push(...events);
    if (telling) {
      return;
    }
    telling = true;
    try {
      tellAll(waiting, listener);
    } finally {
      telling = false;
    }
  };
}

function tellAll<Event>(waiting: Event[], listener: (event: Event) => void): void {
  const faults: unknown[] = [];
  for (let event = waiting.shift(); event !== undefined; event = waiting.shift()) {
    try {
      listener(event);
    } catch (fault) {
      faults.push(fault);
    }
  }
  if (faults.length > 0) {
    throw faults[0];
  }
}
