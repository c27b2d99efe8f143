#!/usr/bin/env bash
# 每晚运行：核对收到的报告，生成审核意见，把没有错误的报告做成 Word 文档。
# Every night: check the reports received, write the findings for the bodies, and render the reports without errors.
#
#   nightly.sh 收到的报告 结果 [上一年的报告]
set -euo pipefail

received=$1
results=$2
mkdir -p "$results"

# 返回 1 表示有的报告有错误或不能读取，都写在审核意见里，其余照常进行。
# Status 1 means that some reports have errors or cannot be read: they are in the table, and the rest goes on.
status=0
annual-report check "$received" -o "$results/审核意见.xlsx" || status=$?
((status <= 1)) || exit "$status"

# 没有变化的不重新生成。 What has not changed is not rendered again.
annual-report batch "$received" -o "$results/文档" --resume --report "$results/结果.json" || status=$?
((status <= 1)) || exit "$status"

# 上一年的报告在另一个文件夹时，生成两年对比。 With last year's reports in another folder, compare the years.
if [ $# -gt 2 ]; then
  annual-report compare "$3" "$received" -o "$results/两年对比.xlsx"
fi
exit "$status"
