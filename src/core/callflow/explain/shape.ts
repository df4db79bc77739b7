import { z } from 'zod';

/** What of a JSON Schema is needed to know the keys of a place. */
interface JsonSchema {
  readonly type?: string;
  readonly $ref?: string;
  readonly $defs?: Readonly<Record<string, JsonSchema>>;
  readonly description?: string;
  readonly propertyNames?: { readonly enum?: readonly string[] };
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly additionalProperties?: JsonSchema | boolean;
  readonly items?: JsonSchema;
  readonly anyOf?: readonly JsonSchema[];
  readonly allOf?: readonly JsonSchema[];
  readonly oneOf?: readonly JsonSchema[];
}

const shapes = new WeakMap<z.ZodType, Shape>();

/** The shape of a schema; made once for each. */
export function shapeOf(schema: z.ZodType): Shape {
  const shape = shapes.get(schema) ?? new Shape(schema);
  shapes.set(schema, shape);
  return shape;
}

/** Which keys a schema allows where. */
export class Shape {
  private readonly root: JsonSchema;
  private readonly known = new Map<string, readonly string[]>();

  constructor(schema: z.ZodType) {
    this.root = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as JsonSchema;
  }

  /** The keys allowed at a path, all alternatives together, sorted. */
  keysAt(path: readonly PropertyKey[]): readonly string[] {
    const key = path.map(String).join('\u0000');
    const keys = this.known.get(key) ?? [...new Set(this.at(path).flatMap(namesOf))].sort();
    this.known.set(key, keys);
    return keys;
  }

  /** Whether names with values go there. */
  isGroup(path: readonly PropertyKey[]): boolean {
    return this.at(path).some((place) => place.type === 'object');
  }

  /** What the schema says of the value at a path. */
  descriptionAt(path: readonly PropertyKey[]): string | undefined {
    return this.at(path).find((place) => place.description !== undefined)?.description;
  }

  /** The paths of all places that have a key of this name; those under names that a designer chooses are left out. */
  placesOf(key: string): readonly (readonly string[])[] {
    const found: string[][] = [];
    const visit = (place: JsonSchema, path: readonly string[]): void => {
      for (const each of this.alternatives(place)) {
        for (const [name, inner] of Object.entries(each.properties ?? {})) {
          if (name === key) found.push([...path]);
          if (path.length < 4) visit(inner, [...path, name]);
        }
      }
    };
    visit(this.root, []);
    return found;
  }

  private at(path: readonly PropertyKey[]): readonly JsonSchema[] {
    let places = this.alternatives(this.root);
    for (const key of path)
      places = places.flatMap((place) => step(place, key)).flatMap((place) => this.alternatives(place));
    return places;
  }

  private alternatives(schema: JsonSchema): readonly JsonSchema[] {
    const named = schema.$ref === undefined ? undefined : this.root.$defs?.[schema.$ref.split('/').at(-1) ?? ''];
    const inner = [...(schema.anyOf ?? []), ...(schema.allOf ?? []), ...(schema.oneOf ?? [])];
    return [schema, ...(named === undefined ? inner : [named, ...inner]).flatMap((each) => this.alternatives(each))];
  }
}

function namesOf(schema: JsonSchema): readonly string[] {
  return [...Object.keys(schema.properties ?? {}), ...(schema.propertyNames?.enum ?? [])];
}

function step(schema: JsonSchema, key: PropertyKey): readonly JsonSchema[] {
  const property = Object.hasOwn(schema.properties ?? {}, key) ? schema.properties?.[String(key)] : undefined;
  const other = typeof schema.additionalProperties === 'object' ? schema.additionalProperties : undefined;
  return [property ?? other ?? schema.items].filter((each) => each !== undefined);
}
