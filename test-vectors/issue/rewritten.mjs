export async function rewritten(output) {}
