#!/usr/bin/env bash
# The site of these pages and of the reference of all packages: bash docs/site/build.sh, after dotnet build -c Release.
# It is artifacts/site/_site (dotnet docfx serve artifacts/site/_site shows it). A link that leads nowhere is an error.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

site=artifacts/site sources=https://github.com/netgen-net/netgen/blob/main
rm -rf "$site"
mkdir -p "$site"/{docs,assemblies,references}
cp -r docs/site/{docfx.json,apiFilter.yml,index.md,toc.yml,template} icon.png "$site"
cp -r docs/*.md docs/toc.yml docs/diagnostics "$site/docs"

# Links out of docs/ lead to the sources; those of the front page into it.
sed -i -E "s#\]\(\.\./([^)]*)\)#](${sources}/\1)#g" "$site"/docs/*.md
sed -i -E 's#(\]\(|href=")\.\./#\1docs/#g' "$site/index.md"

# The assemblies of the packages, and what is needed to read them, which a project has that refers to all of them.
for project in src/*/*.csproj; do
    name=$(basename "$project" .csproj)
    file="src/$name/bin/Release/net10.0/$name"
    if grep -q '<IsPackable>true' "$project" && [ -f "$file.xml" ]; then cp "$file".{dll,xml} "$site/assemblies"; fi
done
[ -f "$site/assemblies/NetGen.dll" ] || { echo "There are no assemblies: dotnet build -c Release comes first."; exit 2; }
find tests/NetGen.Package.Tests/bin/Release/net10.0 -maxdepth 1 -name '*.dll' ! -name 'NetGen*' -exec cp -t "$site/references" {} +

dotnet tool restore >"$site/restore.log" || { cat "$site/restore.log"; exit 1; }
# Parameters that are documented here and inherited as well are said twice: docfx takes the nearer ones, and warns.
dotnet docfx metadata "$site/docfx.json" >"$site/metadata.log" || { cat "$site/metadata.log"; exit 1; }
if grep warning "$site/metadata.log" | grep -v 'Duplicate parameter\|warning(s)\|with warning'; then exit 1; fi
dotnet docfx build "$site/docfx.json" --warningsAsErrors >"$site/build.log" || { grep -E 'error|warning' "$site/build.log"; exit 1; }
echo "$(find "$site/_site" -name '*.html' | wc -l) pages in $site/_site"
