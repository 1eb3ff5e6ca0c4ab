// Reads sources for Graphviz, a JSON list of texts; answers what it complains of, and the picture of each.
import { readFileSync } from "node:fs";
import { instance } from "@viz-js/viz";

const viz = await instance();
const answers = JSON.parse(readFileSync(0, "utf8")).map((source) => {
  const { errors, output } = viz.renderFormats(source, ["svg", "dot_json"]);
  return { errors, ...output };
});
process.stdout.write(JSON.stringify(answers));
