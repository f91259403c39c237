export async function keys(output) {}
