/** A page of a list. */
export interface Page<Item> {
  readonly items: readonly Item[];
  readonly nextToken?: string;
}

/** The page a request asks for; tokens are positions. */
export function pageOf<Item>(
  items: readonly Item[],
  { nextToken = '0', maxResults }: { readonly nextToken?: string; readonly maxResults: number },
): Page<Item> {
  const start = Number(nextToken);
  const end = start + maxResults;
  return { items: items.slice(start, end), ...(end < items.length ? { nextToken: String(end) } : {}) };
}
