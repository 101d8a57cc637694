// Reads PDF files with pdf.js, as a browser does: node pdfjs.mjs FOLDER_OF_PDFJS_DIST A.pdf B.pdf...
// Prints one JSON line a file: its pages, what pdf.js warned of, and each page's words in structure order.
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const [folder, ...files] = process.argv.slice(2);
const warnings = [];
for (const level of ["log", "warn", "error"]) console[level] = (...words) => warnings.push(words.join(" "));

const { getDocument, VerbosityLevel } = await import(pathToFileURL(join(folder, "legacy/build/pdf.mjs")).href);
warnings.length = 0; // what it says of Node itself

function leaves(node) {
  if (node.alt) return []; // its words stand for what it shows
  return node.type === "content" ? [node.id] : (node.children ?? []).flatMap(leaves);
}

async function pageWords(page) {
  const texts = new Map();
  const open = [];
  const { items } = await page.getTextContent({ includeMarkedContent: true });
  for (const item of items) {
    if (item.type?.startsWith("beginMarkedContent")) open.push(item.id);
    else if (item.type === "endMarkedContent") open.pop();
    else {
      const mark = open.findLast((id) => id);
      if (mark) texts.set(mark, (texts.get(mark) ?? "") + item.str + (item.hasEOL ? " " : ""));
    }
  }
  const tree = await page.getStructTree();
  return (tree ? leaves(tree) : []).map((id) => texts.get(id) ?? "").join(" ").split(/\s+/).filter(Boolean);
}

for (const file of files) {
  const task = getDocument({
    data: new Uint8Array(await readFile(file)),
    verbosity: VerbosityLevel.WARNINGS,
    standardFontDataUrl: join(folder, "standard_fonts/"),
    isEvalSupported: false,
  });
  const pdf = await task.promise;
  const words = [];
  for (let number = 1; number <= pdf.numPages; number++) {
    const page = await pdf.getPage(number);
    await page.getOperatorList();
    await page.getAnnotations();
    words.push(await pageWords(page));
  }
  await pdf.getOutline();
  const line = { file, pages: pdf.numPages, warnings: warnings.splice(0), words };
  await task.destroy();
  process.stdout.write(JSON.stringify(line) + "\n");
}
