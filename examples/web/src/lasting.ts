// Most of the page is drawn anew after each change. Elements that somebody may be typing in, or that may have the focus, are
// not: they are made once and stay, and only their words and states follow.

const followers: (() => void)[] = [];

/** Does this now and at every drawing. */
export function follow(renew: () => void): void {
  followers.push(renew);
  renew();
}

/** A text in an element that stays: it follows the language of the page and what else it is made of. */
export function said(words: () => string): Text {
  const text = document.createTextNode("");
  follow(() => {
    const now = words();
    if (text.data !== now) text.data = now;
  });
  return text;
}

/** Brings everything that stays up to date. */
export function renew(): void {
  for (const one of followers) one();
}
