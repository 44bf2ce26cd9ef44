const { inputs } = data;
const areas = data.sheets.find((sheet) => sheet.role === "commune");
const fieldOf = (sheet, row, name) => row[sheet.columns.findIndex((column) => column.name === name)];

/** The communes, each with its row, its class and its place. */
const communes = (areas?.rows ?? []).map((row, index) => ({
  index, row, id: row[0], name: fieldOf(areas, row, "name"), population: fieldOf(areas, row, "population"),
  kind: areas.classOf[index], x: areas.places[index][0], y: areas.places[index][1],
}));

/** What lies on the map as a mark: a row of a table, the lowest first. */
const marks = data.sheets.filter((sheet) => sheet.role && sheet.role !== "commune").reverse().flatMap((sheet) =>
  sheet.classes.flatMap((of, kind) => sheet.rows.flatMap((row, index) => (sheet.classOf[index] === kind && sheet.places[index]
    ? [{ sheet, row, of, x: sheet.places[index][0], y: sheet.places[index][1] }] : []))));

const KINDS = (areas?.classes ?? []).map((_, kind) => kind);
const colourOf = (kind) => areas.classes[kind]?.colour ?? "#ffffff";
const sitesIn = () => marks;
const SIZES = { circle: 1, square: 0.75, dot: 0.5, diamond: 1, triangle: 1 };
const markOf = ({ of }) => ({ form: of.form === "dot" ? "circle" : of.form, colour: of.colour, size: SIZES[of.form] });
