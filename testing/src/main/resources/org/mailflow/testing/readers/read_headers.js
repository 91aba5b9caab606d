// Reads the header of mails with mailparser, in both of its ways: the lines that it found, and the values that it made of them.
//
// Each line of the input is a mail in base64, each line of the output what was read of it: the fields in order, with how often
// each is there.
'use strict';

const fs = require('fs');
const { simpleParser } = require('mailparser');

const OPTIONS = { skipHtmlToText: true, skipTextToHtml: true, skipTextLinks: true, skipImageLinks: true };

function counted(fields) {
    const counts = new Map();
    for (const field of fields) {
        const key = JSON.stringify(field);
        counts.set(key, (counts.get(key) || 0) + 1);
    }
    return [...counts].map(([key, count]) => [...JSON.parse(key), count]);
}

function values(headers) {
    const fields = [];
    for (const [name, value] of headers) {
        for (const one of Array.isArray(value) ? value : [value]) {
            fields.push([name, typeof one === 'string' ? one : JSON.stringify(one)]);
        }
    }
    return fields;
}

async function read(mail) {
    const parsed = await simpleParser(mail, OPTIONS);
    const lines = parsed.headerLines.map(({ key, line }) => [key, line.slice(line.indexOf(':') + 1)]);
    return { 'mailparser, lines': counted(lines), 'mailparser, values': counted(values(parsed.headers)) };
}

(async () => {
    for (const line of fs.readFileSync(0, 'latin1').split('\n')) {
        if (line !== '') {
            fs.writeSync(1, JSON.stringify(await read(Buffer.from(line, 'base64'))) + '\n');
        }
    }
})().catch((error) => {
    console.error(error);
    process.exit(1);
});
