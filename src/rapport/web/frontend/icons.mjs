// Gathers lucide's drawings, old names included, where rapport/web/ui/icons.py reads them. A page carries only those it shows.
import { readdir, readFile, writeFile } from "node:fs/promises";

const folder = "node_modules/lucide-static/icons";
const drawings = {};
for (const file of (await readdir(folder)).sort()) {
  if (!file.endsWith(".svg")) continue;
  const svg = await readFile(`${folder}/${file}`, "utf8");
  const inside = /<svg[^>]*>([^]*)<\/svg>/.exec(svg)?.[1] ?? "";
  drawings[file.slice(0, -4)] = inside.replace(/\s+/g, " ").replaceAll("> <", "><").replaceAll(" />", "/>").trim();
}
await writeFile("src/rapport/web/static/built/icons.json", JSON.stringify(drawings));
