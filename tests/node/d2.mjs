// Reads sources of D2, a JSON list of texts, and answers what its compiler makes of each.
import { readFileSync } from "node:fs";
import { D2 } from "@terrastruct/d2";

const d2 = new D2();

async function compiled(source) {
  try {
    const { diagram } = await d2.compile(source);
    return {
      shapes: diagram.shapes.map(({ id, type, label, tooltip, strokeDash, opacity, columns }) => ({
        id, type, label, tooltip, strokeDash, opacity,
        columns: columns?.map((column) => [column.name.label, column.type.label, column.constraint]),
      })),
      connections: diagram.connections.map((each) => ({
        start: each.src, startArrow: each.srcArrow, startLabel: each.srcLabel?.label,
        end: each.dst, endArrow: each.dstArrow, endLabel: each.dstLabel?.label,
        label: each.label, strokeDash: each.strokeDash, stroke: each.stroke,
      })),
      legend: diagram.legend?.connections.map(({ label, stroke }) => [label, stroke]),
    };
  } catch (error) {
    return { error: String(error) };
  }
}

const answers = [];
for (const source of JSON.parse(readFileSync(0, "utf8"))) answers.push(await compiled(source));
// Its worker would keep the process alive.
process.stdout.write(JSON.stringify(answers), () => process.exit(0));
