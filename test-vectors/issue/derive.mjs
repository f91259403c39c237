export async function derive(output) {}
