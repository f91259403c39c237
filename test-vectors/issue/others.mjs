export function others(output) {}
