const { answer } = data;
const inputs = answer.inputs;
/** The communes, with names for the places in each row. */
const communes = data.communes.map(([id, name, territory, population, access, people, reached, site, minutes, x, y], index) => ({
  index, id, name, territory, population, access, people: people ?? 0, reached, site, minutes, x, y,
  kind: (people ?? 0) > 0 ? reached : "uncounted",
}));
const siteOf = new Map(data.sites.map((site) => [site.id, site]));

const COLOURS = { already: "#9ecae1", newly: "#e69f00", no: "#cfcfcf", uncounted: "#ffffff", blue: "#0072b2", bound: "#f3c969", ink: "#1b1b1b" };
/** Classes of communes in the order in which they are drawn. */
const KINDS = ["uncounted", "no", "already", "newly"];

function colourOf(kind, layer) {
  if (layer === "before" && kind === "newly") return COLOURS.no;
  if (layer === "added" && kind !== "newly") return kind === "already" ? "#e4eef5" : kind === "no" ? "#ececec" : "#ffffff";
  return COLOURS[kind];
}

/** The sites that a layer of the map shows, the lowest first. */
function sitesIn(layer) {
  return data.sites.filter((site) => !site.new).concat(layer === "before" ? [] : data.sites.filter((site) => site.new));
}

const markOf = (site) => (site.new ? { form: "circle", colour: "#000", size: 1 } : { form: "square", colour: COLOURS.blue, size: 0.75 });
