// Reads sources of Mermaid, a JSON list of texts, and answers what its own parser finds in each.
import { readFileSync } from "node:fs";
import { JSDOM } from "jsdom";

const { window } = new JSDOM("");
globalThis.window = window;
globalThis.document = window.document;
const { default: mermaid } = await import("mermaid");

async function parsed(source) {
  try {
    await mermaid.parse(source);
    const { db } = await mermaid.mermaidAPI.getDiagramFromText(source);
    const entities = [...db.getEntities().values()];
    const names = Object.fromEntries(entities.map(({ id, label }) => [id, label]));
    return {
      boxes: entities.map(({ label, attributes }) => [label, attributes]),
      lines: db.getRelationships().map(({ entityA, entityB, roleA, relSpec }) => ({
        start: names[entityA], end: names[entityB], label: roleA, ...relSpec,
      })),
    };
  } catch (error) {
    return { error: String(error) };
  }
}

const answers = [];
for (const source of JSON.parse(readFileSync(0, "utf8"))) answers.push(await parsed(source));
process.stdout.write(JSON.stringify(answers));
