/** Long names lose their middle and keep their last five letters, by which Pods of one Deployment differ. `room`: in letters, from 8. */
export function shortName(name: string, room: number): string {
  return name.length <= room ? name : `${name.slice(0, room - 6)}…${name.slice(-5)}`
}
