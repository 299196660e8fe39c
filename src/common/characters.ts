/** How many characters a person counts in a text: one for a sign outside the basic plane too, such as an emoji. */
export function characters(text: string): number {
  return [...text].length;
}
