// The browser's offer to install the page. It comes once, early, so it is caught at start.
interface Offer extends Event {
  prompt: () => Promise<unknown>;
}

let offer: Offer | null = null;
const waiting = new Set<() => void>();

function become(next: Offer | null): void {
  offer = next;
  for (const tell of waiting) tell();
}

addEventListener('beforeinstallprompt', event => {
  event.preventDefault();
  become(event as Offer);
});
addEventListener('appinstalled', () => become(null));

export const installOffer = {
  current: () => offer,
  subscribe: (tell: () => void) => {
    waiting.add(tell);
    return () => {
      waiting.delete(tell);
    };
  },
};
