// Reads a schema and reports; writes what Ajv in strict mode says of each, and the form that RJSF renders.
import { readFileSync } from "node:fs";
import Ajv from "ajv";
import addFormats from "ajv-formats";
import { createElement } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import rjsf from "@rjsf/core";
import validator from "@rjsf/validator-ajv8";

const { schema, reports } = JSON.parse(readFileSync(0, "utf8"));
const ajv = new Ajv({ strict: true, allErrors: true, discriminator: true });
addFormats(ajv);
const validate = ajv.compile(schema);
const errors = reports.map((report) => (validate(report) ? [] : validate.errors.map((error) => error.instancePath)));
const form = renderToStaticMarkup(createElement(rjsf.default ?? rjsf, { schema, validator: validator.default ?? validator }));
process.stdout.write(JSON.stringify({ errors, form }));
