/** The records somebody opened last, kept in their own browser and forgotten at log-out. */

export interface RecentPage {
  title: string;
  href: string;
}

const KEPT = 8;

function key(): string {
  return `recent:${document.documentElement.dataset["user"] ?? ""}`;
}

export function recentPages(): RecentPage[] {
  try {
    const pages = JSON.parse(localStorage.getItem(key()) ?? "[]") as RecentPage[];
    return pages.filter((page) => page.href !== location.pathname && page.href.startsWith("/"));
  } catch {
    return [];
  }
}

export function rememberPage(title: string, href: string): void {
  const others = recentPages().filter((page) => page.href !== href);
  try {
    localStorage.setItem(key(), JSON.stringify([{ title, href }, ...others].slice(0, KEPT)));
  } catch {
    // A browser that keeps nothing, or has no room: the palette then offers no recent pages.
  }
}

document.addEventListener("submit", (event) => {
  if (event.target instanceof HTMLElement && event.target.matches("[data-log-out]")) localStorage.removeItem(key());
});
