// What is pressed must not be taken away or moved before it is let go: pressing it would do nothing. Leaving a field by pressing
// a button changes what is expected first, and that would draw everything anew beneath the pointer.

let isPressed = false;
let letGo: (() => void)[] = [];

/** Resolves as soon as nothing is pressed. */
export async function released(): Promise<void> {
  while (isPressed) await new Promise<void>((resolve) => letGo.push(resolve));
}

export function watchPointer(): void {
  const release = () => {
    if (!isPressed) return;
    isPressed = false;
    const waiting = letGo;
    letGo = [];
    // Not before the click that comes of it.
    setTimeout(() => waiting.forEach((go) => go()));
  };
  addEventListener("pointerdown", () => (isPressed = true), true);
  for (const end of ["pointerup", "pointercancel", "dragend"]) addEventListener(end, release, true);
  // Where the end was not seen. The blur is that of the window, not of its elements.
  addEventListener("pointermove", ({ buttons }) => buttons === 0 && release(), true);
  addEventListener("blur", release);
}
