import { fits, place, placementContext, roomOf } from '../lib/index.js';

/** Whether tasks are all placed in every order, and whichever host with room each is given. Tries all of them. */
function fitInAnyOrder(rooms, tasks) {
  const names = [...new Set(tasks)];
  const seen = new Map();
  const visit = (left, now, placed) => {
    const key = `${left.join()} ${placed.join('|')}`;
    if (seen.has(key)) return seen.get(key);
    const all = left.every((number, kind) => {
      if (number === 0) return true;
      const open = now.flatMap((room, index) => (fits(room, names[kind]).copies > 0 ? [index] : []));
      return (
        open.length > 0 &&
        open.every((index) =>
          visit(
            left.with(kind, number - 1),
            now.with(index, place(now[index], names[kind])),
            placed.with(index, [...placed[index], kind].sort().join('')),
          ),
        )
      );
    });
    seen.set(key, all);
    return all;
  };
  return visit(
    names.map((size) => tasks.filter((task) => task === size).length),
    rooms,
    rooms.map(() => ''),
  );
}

/** The most hosts that can be emptied together, found by trying every set of them; every host is ACTIVE. */
export function mostDrainable({ hosts, tasks, taskSizes }) {
  const context = placementContext({ tasks });
  let most = 0;
  for (let set = 0; set < 2 ** hosts.length; set += 1) {
    const gone = hosts.filter((_, index) => (set & (2 ** index)) > 0).map(({ containerInstanceArn }) => containerInstanceArn);
    if (gone.length <= most) continue;
    const rooms = hosts.filter(({ containerInstanceArn }) => !gone.includes(containerInstanceArn)).map((host) => roomOf(host, context));
    const moving = tasks.filter(({ containerInstanceArn }) => gone.includes(containerInstanceArn)).map(({ size }) => size);
    const headroom = taskSizes.flatMap((size) => Array.from({ length: size.headroom }, () => size));
    if (fitInAnyOrder(rooms, [...moving, ...headroom])) most = gone.length;
  }
  return most;
}
