/** A date as 003 writes it: `2017-09-21T13:54:04+0000`, always UTC. */
export function dateOf(time: number): string {
  return `${new Date(time).toISOString().slice(0, 19)}+0000`;
}
