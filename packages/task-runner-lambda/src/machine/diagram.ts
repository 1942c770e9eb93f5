export function diagram() { return ''; }
