/** The template with the hashes of assets taken out, which change with every bundle and image. */
export function normalised(template: object): string {
  return `${JSON.stringify(template, null, 2).replace(/[0-9a-f]{64}/g, '<hash>')}\n`;
}
